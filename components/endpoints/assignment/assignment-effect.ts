import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import { listedProfile } from "../endpoint-rows.ts";

/** What another profile list means for an endpoint, in facts that need no question to the judge. */
export type AssignmentEffect = {
  readonly gainedTags: readonly Tag[];
  readonly lostTags: readonly Tag[];
  /** The first listed profile that is missing or invalid: new traffic that gets there is dropped, later ones are never asked. */
  readonly stopsAt?: {
    readonly id: ProfileId;
    readonly state: "missing" | "invalid";
    readonly hides: readonly ProfileId[];
  };
  readonly isEmpty: boolean;
  readonly isSame: boolean;
};

/** Compares two ordered profile lists. */
export function assignmentEffect(
  before: readonly ProfileId[],
  after: readonly ProfileId[],
  snapshot: Snapshot,
): AssignmentEffect {
  const [old, next] = [tagsOf(before, snapshot), tagsOf(after, snapshot)];
  const listed = after.map((id) => listedProfile(id, snapshot));
  const at = listed.findIndex(({ state }) => state !== "fine");
  const stop = listed[at];
  return {
    gainedTags: [...next].filter((tag) => !old.has(tag)).sort(),
    lostTags: [...old].filter((tag) => !next.has(tag)).sort(),
    ...(stop === undefined || stop.state === "fine"
      ? {}
      : { stopsAt: { id: stop.id, state: stop.state, hides: after.slice(at + 1) } }),
    isEmpty: after.length === 0,
    isSame: before.length === after.length && before.every((id, index) => id === after[index]),
  };
}

function tagsOf(ids: readonly ProfileId[], snapshot: Snapshot): ReadonlySet<Tag> {
  const tags = ids.map((id) => snapshot.profiles.get(id)?.tags);
  return new Set(tags.flatMap((leaf) => (leaf?.kind === "valid" ? leaf.value : [])));
}
