import type { Endpoint } from "#policy/endpoint.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** Addresses as canonical text, the form both ends of the diff share. */
export type TagSets = ReadonlyMap<Tag, ReadonlySet<string>>;

// ipset stores no all-zero element, and no packet that is forwarded carries one.
const UNSTORABLE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * The members of the named tags in one family: base addresses of all valid endpoints of all hosts, whatever their
 * state, that hold a profile with a valid tags list containing the tag (policy-model 2.1). Tags come out sorted.
 */
export function tagSets(snapshot: Snapshot, tags: ReadonlySet<Tag>, family: Family): TagSets {
  const sets = new Map<Tag, Set<string>>([...tags].sort().map((tag) => [tag, new Set()]));
  const setsByProfile = profileSets(snapshot, sets);
  if (setsByProfile.size === 0) return sets;
  for (const entry of snapshot.endpoints.values()) {
    if (entry.value.kind === "valid") addEndpoint(entry.value.value, setsByProfile, family);
  }
  return sets;
}

function profileSets(
  snapshot: Snapshot,
  sets: ReadonlyMap<Tag, Set<string>>,
): ReadonlyMap<string, readonly Set<string>[]> {
  const byProfile = new Map<string, readonly Set<string>[]>();
  for (const profile of snapshot.profiles.values()) {
    if (profile.tags.kind !== "valid") continue;
    const named = [...new Set(profile.tags.value)].flatMap((tag) => sets.get(tag) ?? []);
    if (named.length > 0) byProfile.set(profile.id, named);
  }
  return byProfile;
}

function addEndpoint(
  endpoint: Endpoint,
  setsByProfile: ReadonlyMap<string, readonly Set<string>[]>,
  family: Family,
): void {
  const nets = family === 4 ? endpoint.ipv4Nets : endpoint.ipv6Nets;
  for (const id of endpoint.profileIds) {
    for (const members of setsByProfile.get(id) ?? []) {
      for (const { addressText } of nets) if (!UNSTORABLE.has(addressText)) members.add(addressText);
    }
  }
}
