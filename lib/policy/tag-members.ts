import type { Endpoint } from "#policy/endpoint.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** The addresses that count as members of one tag, per family. */
export type TagAddresses = { readonly 4: ReadonlySet<bigint>; readonly 6: ReadonlySet<bigint> };

type Growing = { readonly 4: Set<bigint>; readonly 6: Set<bigint> };

/**
 * The members of every held tag: the base addresses of all valid endpoints on all hosts, active or not, that have a
 * profile whose valid tags hold it (policy-model 2.1 and 2.8). A tag nobody's address stands for may be absent.
 */
export function tagMembers(snapshot: Snapshot): ReadonlyMap<Tag, TagAddresses> {
  const members = new Map<Tag, Growing>();
  for (const { value } of snapshot.endpoints.values()) {
    if (value.kind !== "valid") continue;
    for (const tag of endpointTags(snapshot, value.value)) {
      const addresses = members.get(tag) ?? { 4: new Set<bigint>(), 6: new Set<bigint>() };
      members.set(tag, addresses);
      for (const net of value.value.ipv4Nets) addresses[4].add(net.address);
      for (const net of value.value.ipv6Nets) addresses[6].add(net.address);
    }
  }
  return members;
}

/** The tags an endpoint holds through its profiles. A profile's id is not one of them unless its tags list says so. */
export function endpointTags(snapshot: Snapshot, endpoint: Pick<Endpoint, "profileIds">): ReadonlySet<Tag> {
  const tags = new Set<Tag>();
  for (const id of endpoint.profileIds) {
    const leaf = snapshot.profiles.get(id)?.tags;
    if (leaf?.kind === "valid") for (const tag of leaf.value) tags.add(tag);
  }
  return tags;
}
