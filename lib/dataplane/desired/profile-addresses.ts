import type { Endpoint, EndpointEntry } from "#policy/endpoint.ts";
import { keysWritten } from "#policy/layout/sorted-map-draft.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** The addresses of one family that one profile's endpoints have, each with the number of endpoints it stands in. */
type Owned = Map<string, number>;

/** The profiles whose addresses may differ from the snapshot before, and which of theirs. */
export type ChangedAddresses = ReadonlyMap<string, ReadonlySet<string>>;

/** Who owns which addresses, kept up with the endpoints of successive snapshots. */
export interface ProfileAddresses {
  /** Takes over a snapshot's endpoints; answers what may have changed in each family. */
  follow(endpoints: Snapshot["endpoints"]): Readonly<Record<Family, ChangedAddresses>>;
  has(family: Family, profileId: string, address: string): boolean;
  of(family: Family, profileId: string): Iterable<string>;
}

type Changed = Map<string, Set<string>>;

/** Knows of no endpoint yet. Each endpoint is looked at when it comes, when it changes and when it goes. */
export function profileAddresses(): ProfileAddresses {
  const byProfile = { 4: new Map<string, Owned>(), 6: new Map<string, Owned>() };
  let followed: Snapshot["endpoints"] = new Map();
  const count = (endpoint: Endpoint | undefined, step: 1 | -1, changed: Readonly<Record<Family, Changed>>) => {
    if (endpoint === undefined) return;
    for (const [family, nets] of [[4, endpoint.ipv4Nets] as const, [6, endpoint.ipv6Nets] as const]) {
      for (const id of new Set(endpoint.profileIds)) {
        const owned = getOrAdd(byProfile[family], id, (): Owned => new Map());
        const addresses = getOrAdd(changed[family], id, () => new Set<string>());
        for (const { addressText } of nets) {
          addCount(owned, addressText, step);
          addresses.add(addressText);
        }
      }
    }
  };
  return {
    follow(endpoints) {
      const changed = { 4: new Map<string, Set<string>>(), 6: new Map<string, Set<string>>() };
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
    has: (family, profileId, address) => byProfile[family].get(profileId)?.has(address) ?? false,
    of: (family, profileId) => byProfile[family].get(profileId)?.keys() ?? [],
  };
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
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
  const value = entry?.value;
  return value?.kind === "valid" ? value.value : undefined;
}
