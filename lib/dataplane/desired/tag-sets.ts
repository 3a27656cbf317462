import { changedMembers } from "#dataplane/desired/member-change.ts";
import type { Endpoint, EndpointEntry } from "#policy/endpoint.ts";
import { keysWritten } from "#policy/layout/sorted-map-draft.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** Addresses as canonical text, the form both ends of the diff share. */
export type TagSets = ReadonlyMap<Tag, ReadonlySet<string>>;

/** ipset stores no all-zero element, and no packet that is forwarded carries one. */
export const UNSTORABLE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

type Changed = { readonly profiles: Set<string>; readonly addresses: Set<string> };

/** Addresses of the endpoints that hold one profile, each with the number of endpoints it stands in. */
type Owned = Map<string, number>;

/**
 * Renders the members of the named tags in one family: base addresses of all valid endpoints of all hosts, whatever
 * their state, that hold a profile with a valid tags list containing the tag (policy-model 2.1). Tags come out sorted.
 * A set is built anew when its tag changed hands or an endpoint that holds it changed, and is the same object otherwise.
 */
export function tagSetRenderer(family: Family): (snapshot: Snapshot, tags: ReadonlySet<Tag>) => TagSets {
  const addresses = profileAddresses(family);
  let sets = new Map<Tag, { readonly holders: string; readonly members: ReadonlySet<string> }>();
  let last: { readonly snapshot: Snapshot; readonly tags: ReadonlySet<Tag>; readonly answer: TagSets } | undefined;
  return (snapshot, tags) => {
    if (last?.tags === tags && hasSameMembers(last.snapshot, snapshot)) {
      last = { ...last, snapshot };
      return last.answer;
    }
    const changed = addresses.follow(snapshot.endpoints);
    const holdersByTag = tagHolders(snapshot, tags);
    const next: typeof sets = new Map();
    for (const tag of [...tags].sort()) {
      const ids = holdersByTag.get(tag) ?? [];
      const holders = ids.join(" ");
      const known = sets.get(tag);
      if (known?.holders !== holders) next.set(tag, { holders, members: addresses.union(ids) });
      else if (!ids.some((id) => changed.profiles.has(id))) next.set(tag, known);
      else next.set(tag, { holders, members: addresses.changedUnion(known.members, ids, changed.addresses) });
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

/** Who owns which addresses, kept up with the endpoints of successive snapshots. */
function profileAddresses(family: Family) {
  const byProfile = new Map<string, Owned>();
  let followed: Snapshot["endpoints"] = new Map();
  const count = (endpoint: Endpoint | undefined, step: 1 | -1, changed: Changed) => {
    if (endpoint === undefined) return;
    const nets = family === 4 ? endpoint.ipv4Nets : endpoint.ipv6Nets;
    for (const id of new Set(endpoint.profileIds)) {
      const owned = byProfile.get(id) ?? new Map<string, number>();
      byProfile.set(id, owned);
      for (const { addressText } of nets) {
        addCount(owned, addressText, step);
        changed.addresses.add(addressText);
      }
      changed.profiles.add(id);
    }
  };
  return {
    /** Takes over a snapshot's endpoints; answers the profiles and the addresses of theirs that may have changed. */
    follow(endpoints: Snapshot["endpoints"]): Changed {
      const changed: Changed = { profiles: new Set(), addresses: new Set() };
      if (endpoints === followed) return changed;
      for (const key of keysWritten(followed, endpoints) ?? allKeys(followed, endpoints)) {
        const before = followed.get(key);
        const after = endpoints.get(key);
        if (before === after) continue;
        count(validEndpoint(before), -1, changed);
        count(validEndpoint(after), 1, changed);
      }
      followed = endpoints;
      return changed;
    },
    /** As `union`, from what it was before these addresses may have changed. */
    changedUnion(
      before: ReadonlySet<string>,
      ids: readonly string[],
      addresses: ReadonlySet<string>,
    ): ReadonlySet<string> {
      const isMember = (address: string) =>
        !UNSTORABLE.has(address) && ids.some((id) => byProfile.get(id)?.has(address) ?? false);
      const added = [...addresses].filter((address) => !before.has(address) && isMember(address));
      const removed = [...addresses].filter((address) => before.has(address) && !isMember(address));
      return added.length + removed.length === 0 ? before : changedMembers(before, added, removed);
    },
    union(ids: readonly string[]): ReadonlySet<string> {
      const members = new Set<string>();
      for (const id of ids) for (const address of byProfile.get(id)?.keys() ?? []) members.add(address);
      for (const address of UNSTORABLE) members.delete(address);
      return members;
    },
  };
}

function* allKeys(before: Snapshot["endpoints"], after: Snapshot["endpoints"]): Generator<string> {
  yield* after.keys();
  for (const key of before.keys()) if (!after.has(key)) yield key;
}

function addCount(owned: Owned, address: string, step: 1 | -1): void {
  const count = (owned.get(address) ?? 0) + step;
  if (count > 0) owned.set(address, count);
  else owned.delete(address);
}

function validEndpoint(entry: EndpointEntry | undefined): Endpoint | undefined {
  return entry?.value.kind === "valid" ? entry.value.value : undefined;
}
