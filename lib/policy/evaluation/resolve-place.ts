import { parseAddress } from "#policy/address.ts";
import type { EndpointEntry, EndpointNet } from "#policy/endpoint.ts";
import { parseEndpointNet } from "#policy/endpoint-net.ts";
import { hypotheticalParty, type Party, UNKNOWN_WORKLOAD, type WorkloadState } from "#policy/evaluation/party.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import type { Place } from "#policy/packet.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Family } from "#policy/rule.ts";
import { fieldOf, isJsonObject } from "#policy/rule-fields/json-object.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** Finds the parties that places name; looks indexes up that are built once, when first needed. */
export type PlaceResolver = {
  readonly sender: (place: Place, family: Family) => Party;
  readonly receiver: (place: Place, family: Family, sender: Party) => Party;
};

type Indexes = {
  readonly byName: () => ReadonlyMap<string, readonly EndpointEntry[]>;
  readonly byAddress: () => ReadonlyMap<string, readonly EndpointEntry[]>;
  readonly hostByAddress: () => ReadonlyMap<string, string>;
};

/**
 * Resolves places against one snapshot. A bare address is that of a host where one has it. Otherwise, as a source it
 * is a packet that arrives from outside, whoever owns the address; as a destination it is the endpoint that has it,
 * since that is where the packet goes and whose inbound policy it meets (E2).
 */
export function createPlaceResolver(snapshot: Snapshot): PlaceResolver {
  const indexes: Indexes = {
    byName: once(() => indexByName(snapshot)),
    byAddress: once(() => indexByAddress(snapshot)),
    hostByAddress: once(() => indexHosts(snapshot)),
  };
  return {
    sender: (place, family) => resolve(snapshot, indexes, { place, family }),
    receiver: (place, family, sender) => {
      if (place.kind !== "ip") return resolve(snapshot, indexes, { place, family });
      const host = indexes.hostByAddress().get(place.address);
      const owner = host === undefined ? chooseOwner(indexes.byAddress().get(place.address) ?? [], sender) : undefined;
      return owner === undefined ? resolve(snapshot, indexes, { place, family }) : workloadParty(owner, family);
    },
  };
}

function resolve(
  snapshot: Snapshot,
  indexes: Indexes,
  { place, family }: { readonly place: Place; readonly family: Family },
): Party {
  switch (place.kind) {
    case "endpoint": {
      const entry = findEndpoint(snapshot, indexes, place.name);
      return entry === undefined ? UNKNOWN_WORKLOAD : workloadParty(entry, family);
    }
    case "profile":
      return hypotheticalParty(place.id as ProfileId, snapshot.profiles.get(place.id as ProfileId));
    case "host":
      return hostParty(snapshot, place.name, family);
    case "ip": {
      const host = indexes.hostByAddress().get(place.address);
      return host === undefined
        ? { kind: "outside", address: numberOf(place.address) }
        : hostParty(snapshot, host, family);
    }
  }
}

/** By its four-part key, or by its name where only one endpoint has it. */
function findEndpoint(snapshot: Snapshot, indexes: Indexes, name: string): EndpointEntry | undefined {
  const entry = snapshot.endpoints.get(name);
  if (entry !== undefined) return entry;
  const namesakes = indexes.byName().get(name) ?? [];
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

/** Among endpoints with one address: a running one before a stopped one, then the sender's own host, then by key. */
function chooseOwner(owners: readonly EndpointEntry[], sender: Party): EndpointEntry | undefined {
  const active = owners.filter(({ value }) => value.kind === "valid" && value.value.state === "active");
  const candidates = active.length > 0 ? active : owners;
  const host = sender.kind === "workload" ? sender.host : sender.kind === "host" ? sender.name : undefined;
  return candidates.find(({ key }) => key.host === host) ?? candidates[0];
}

function workloadParty({ key, value }: EndpointEntry, family: Family): Party {
  if (value.kind !== "valid") {
    const state: WorkloadState = value.kind === "invalid" ? "invalid" : "unknown";
    const addresses = value.kind === "invalid" ? recoverAddresses(value.text, family) : [];
    return { kind: "workload", state, host: key.host, profileIds: [], addresses };
  }
  const { state, profileIds, mac } = value.value;
  const nets: readonly EndpointNet[] = family === 4 ? value.value.ipv4Nets : value.value.ipv6Nets;
  const party = { kind: "workload", state, host: key.host, profileIds, addresses: nets.map(addressOf) } as const;
  return mac === undefined ? party : { ...party, mac };
}

/** Where packets of an invalid endpoint come from: it has no policy, but its interface still has its addresses. */
function recoverAddresses(text: string, family: Family): readonly bigint[] {
  const json = parseJsonText(text);
  const listed = json.ok && isJsonObject(json.value) ? fieldOf(json.value, `ipv${family}_nets`) : undefined;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((item: unknown) => {
    const net = parseEndpointNet(item, family);
    return net.ok ? [net.value.address] : [];
  });
}

function hostParty(snapshot: Snapshot, name: string, family: Family): Party {
  const ip = snapshot.hosts.get(name)?.ip;
  const address = ip === undefined ? undefined : parseAddress(ip);
  if (!address?.ok || address.value.family !== family) return { kind: "host", name };
  return { kind: "host", name, address: address.value.value };
}

function indexByName(snapshot: Snapshot): ReadonlyMap<string, readonly EndpointEntry[]> {
  const named = new Map<string, EndpointEntry[]>();
  for (const entry of snapshot.endpoints.values()) addTo(named, entry.key.endpoint, entry);
  return named;
}

function indexByAddress(snapshot: Snapshot): ReadonlyMap<string, readonly EndpointEntry[]> {
  const owners = new Map<string, EndpointEntry[]>();
  for (const entry of snapshot.endpoints.values()) {
    if (entry.value.kind !== "valid") continue;
    const { ipv4Nets, ipv6Nets } = entry.value.value;
    for (const { addressText } of [...ipv4Nets, ...ipv6Nets]) addTo(owners, addressText, entry);
  }
  return owners;
}

function indexHosts(snapshot: Snapshot): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const [name, { ip }] of snapshot.hosts) {
    const address = ip === undefined ? undefined : parseAddress(ip);
    if (address?.ok && !hosts.has(address.value.text)) hosts.set(address.value.text, name);
  }
  return hosts;
}

function addTo(index: Map<string, EndpointEntry[]>, key: string, entry: EndpointEntry): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, [entry]);
  else entries.push(entry);
}

function addressOf(net: EndpointNet): bigint {
  return net.address;
}

/** Places hold canonical addresses; parse-probe.ts refuses the rest. */
function numberOf(text: string): bigint {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(`not an address: ${text}`);
  return address.value.value;
}

/** Computes at the first call and remembers. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
