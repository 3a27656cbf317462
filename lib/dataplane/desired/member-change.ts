import { withChanges } from "#dataplane/desired/layered-set.ts";

/** What makes one set of members another. */
export type MemberChange = { readonly added: readonly string[]; readonly removed: readonly string[] };

type Members = ReadonlySet<string>;

const origins = new WeakMap<Members, { readonly from: WeakRef<Members>; readonly change: MemberChange }>();

/** The members with some added and some removed; remembers both, so that the difference need not be searched for. */
export function changedMembers(before: Members, added: readonly string[], removed: readonly string[]): Members {
  const members = withChanges(before, added, removed);
  origins.set(members, { from: new WeakRef(before), change: { added, removed } });
  return members;
}

/** The difference of two sets of members; costs nothing when the later one was made from the earlier one. */
export function memberChange(before: Members, after: Members): MemberChange {
  const origin = origins.get(after);
  if (origin?.from.deref() === before) return origin.change;
  return {
    added: [...after].filter((member) => !before.has(member)),
    removed: [...before].filter((member) => !after.has(member)),
  };
}
