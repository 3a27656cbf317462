import type { Snapshot } from "#policy/snapshot.ts";

/** The tags that profiles hold today. */
export function heldTagsOf(snapshot: Snapshot | undefined): ReadonlySet<string> {
  const profiles = [...(snapshot?.profiles.values() ?? [])];
  return new Set(profiles.flatMap(({ tags }) => (tags.kind === "valid" ? tags.value : [])));
}
