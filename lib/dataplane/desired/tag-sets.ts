import { changedMembers } from "#dataplane/desired/member-change.ts";
import type { ChangedAddresses, ProfileAddresses } from "#dataplane/desired/profile-addresses.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** Addresses as canonical text, the form both ends of the diff share. */
export type TagSets = ReadonlyMap<Tag, ReadonlySet<string>>;

/** ipset stores no all-zero element, and no packet that is forwarded carries one. */
export const UNSTORABLE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** The profiles that hold one tag. */
type Owners = { readonly family: Family; readonly ids: readonly string[]; readonly addresses: ProfileAddresses };

/** The addresses of the snapshot's endpoints, and what of them may have changed since the last one. */
export type FollowedAddresses = { readonly addresses: ProfileAddresses; readonly changed: ChangedAddresses };

/**
 * Renders the members of the named tags in one family: base addresses of all valid endpoints of all hosts, whatever
 * their state, that hold a profile with a valid tags list containing the tag (policy-model 2.1). Tags come out sorted.
 * A set is built anew when its tag changed hands or an endpoint that holds it changed, and is the same object otherwise.
 */
export function tagSetRenderer(
  family: Family,
): (snapshot: Snapshot, tags: ReadonlySet<Tag>, followed: FollowedAddresses) => TagSets {
  let sets = new Map<Tag, { readonly holders: string; readonly members: ReadonlySet<string> }>();
  let last: { readonly snapshot: Snapshot; readonly tags: ReadonlySet<Tag>; readonly answer: TagSets } | undefined;
  return (snapshot, tags, { addresses, changed }) => {
    if (last?.tags === tags && hasSameMembers(last.snapshot, snapshot)) {
      last = { ...last, snapshot };
      return last.answer;
    }
    const holdersByTag = tagHolders(snapshot, tags);
    const next: typeof sets = new Map();
    for (const tag of [...tags].sort()) {
      const ids = holdersByTag.get(tag) ?? [];
      const holders = ids.join(" ");
      const known = sets.get(tag);
      if (known?.holders !== holders) next.set(tag, { holders, members: union({ family, ids, addresses }) });
      else if (!ids.some((id) => changed.has(id))) next.set(tag, known);
      else next.set(tag, { holders, members: changedUnion(known.members, { family, ids, addresses }, changed) });
    }
    sets = next;
    last = { snapshot, tags, answer: new Map([...sets].map(([tag, { members }]) => [tag, members])) };
    return last.answer;
  };
}

/** Neither endpoints nor any profile's tags differ. */
function hasSameMembers(before: Snapshot, after: Snapshot): boolean {
  if (before.endpoints !== after.endpoints) return false;
  if (before.profiles === after.profiles) return true;
  if (before.profiles.size !== after.profiles.size) return false;
  for (const [id, profile] of after.profiles) {
    const known = before.profiles.get(id);
    if (known !== profile && known?.tags !== profile.tags) return false;
  }
  return true;
}

function tagHolders(snapshot: Snapshot, tags: ReadonlySet<Tag>): ReadonlyMap<Tag, readonly string[]> {
  const holders = new Map<Tag, string[]>();
  for (const { id, tags: held } of snapshot.profiles.values()) {
    if (held.kind !== "valid") continue;
    for (const tag of new Set(held.value)) {
      if (!tags.has(tag)) continue;
      const ids = holders.get(tag);
      if (ids) ids.push(id);
      else holders.set(tag, [id]);
    }
  }
  return holders;
}

/** All addresses of some profiles. */
function union(owners: Owners): ReadonlySet<string> {
  const members = new Set<string>();
  for (const id of owners.ids) for (const address of owners.addresses.of(owners.family, id)) members.add(address);
  for (const address of UNSTORABLE) members.delete(address);
  return members;
}

/** As `union`, from what it was before these addresses may have changed. */
function changedUnion(
  before: ReadonlySet<string>,
  { family, ids, addresses }: Owners,
  changed: ChangedAddresses,
): ReadonlySet<string> {
  const isMember = (address: string) =>
    !UNSTORABLE.has(address) && ids.some((id) => addresses.has(family, id, address));
  const touched = [...new Set(ids.flatMap((id) => [...(changed.get(id) ?? [])]))];
  const added = touched.filter((address) => !before.has(address) && isMember(address));
  const removed = touched.filter((address) => before.has(address) && !isMember(address));
  return added.length + removed.length === 0 ? before : changedMembers(before, added, removed);
}
