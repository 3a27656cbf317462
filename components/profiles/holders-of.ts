import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const holdersByTag = new WeakMap<Snapshot["profiles"], ReadonlyMap<string, readonly ProfileId[]>>();

/** The profiles that hold a tag, in the order of their names. */
export function holdersOf({ profiles }: Snapshot, tag: string): readonly ProfileId[] {
  const known = holdersByTag.get(profiles) ?? collect(profiles);
  holdersByTag.set(profiles, known);
  return known.get(tag) ?? [];
}

function collect(profiles: Snapshot["profiles"]): ReadonlyMap<string, readonly ProfileId[]> {
  const holders = new Map<string, ProfileId[]>();
  for (const { id, tags } of profiles.values()) {
    for (const tag of new Set(tags.kind === "valid" ? tags.value : [])) {
      const there = holders.get(tag);
      if (there === undefined) holders.set(tag, [id]);
      else there.push(id);
    }
  }
  return holders;
}
