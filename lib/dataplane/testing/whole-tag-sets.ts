import { type TagSets, UNSTORABLE } from "#dataplane/desired/tag-sets.ts";
import type { Endpoint } from "#policy/endpoint.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** The members of the named tags in one family, from nothing and all at once: what the renderer is compared with. */
export function wholeTagSets(snapshot: Snapshot, tags: ReadonlySet<Tag>, family: Family): TagSets {
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
