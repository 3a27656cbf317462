import type { EndFacts } from "#analysis/connections/policy-diagram.ts";
import { parseAddress } from "#policy/address.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { Party } from "#policy/evaluation/party.ts";
import { createPlaceResolver, once, type PlaceResolver } from "#policy/evaluation/resolve-place.ts";
import { namedNets, unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import { tagMembers } from "#policy/tag-members.ts";

/** What questions about places look up in one snapshot; each part is made when first needed. */
export type PlaceFacts = {
  readonly snapshot: Snapshot;
  readonly places: PlaceResolver;
  /** The tags an address is a member of, as far as some rule asks about them. */
  readonly tagsAt: (family: Family, address: bigint) => readonly Tag[];
  /** Three addresses that stand for somewhere unknown, as an evaluation has them. */
  readonly unnamed: (family: Family) => readonly bigint[];
  /** Networks rules name, wider before narrower, by address. */
  readonly nets: (family: Family) => readonly Cidr[];
  /** Every address of an endpoint or a host, ascending, each once. */
  readonly known: (family: Family) => readonly bigint[];
};

const NO_TAGS: readonly Tag[] = [];

/** Prepares a snapshot for questions about places. */
export function placeFacts(snapshot: Snapshot): PlaceFacts {
  const tags = once(() => ({ 4: tagsByAddress(snapshot, 4), 6: tagsByAddress(snapshot, 6) }));
  const unnamed = { 4: once(() => unnamedAddresses(snapshot, 4, 3)), 6: once(() => unnamedAddresses(snapshot, 6, 3)) };
  const nets = { 4: once(() => sortedNets(snapshot, 4)), 6: once(() => sortedNets(snapshot, 6)) };
  const known = { 4: once(() => knownAddresses(snapshot, 4)), 6: once(() => knownAddresses(snapshot, 6)) };
  return {
    snapshot,
    places: createPlaceResolver(snapshot),
    tagsAt: (family, address) => tags()[family].get(address) ?? NO_TAGS,
    unnamed: (family) => unnamed[family](),
    nets: (family) => nets[family](),
    known: (family) => known[family](),
  };
}

/** What rules can ask of a party at an address: a hypothetical endpoint holds its profile's tags beside the address's. */
export function factsOfParty(facts: PlaceFacts, party: Party, address: bigint): EndFacts {
  return {
    holdsTag: (tag, family) =>
      facts.tagsAt(family, address).includes(tag) || (party.kind === "hypothetical" && party.tags.has(tag)),
    address: () => address,
  };
}

function tagsByAddress(snapshot: Snapshot, family: Family): ReadonlyMap<bigint, readonly Tag[]> {
  const asked = askedTags(snapshot);
  const byAddress = new Map<bigint, Tag[]>();
  for (const [tag, members] of tagMembers(snapshot)) {
    if (!asked.has(tag)) continue;
    for (const address of members[family]) {
      const tags = byAddress.get(address);
      if (tags === undefined) byAddress.set(address, [tag]);
      else tags.push(tag);
    }
  }
  return byAddress;
}

function askedTags(snapshot: Snapshot): ReadonlySet<Tag> {
  const asked = new Set<Tag>();
  for (const { rules } of snapshot.profiles.values()) {
    if (rules.kind !== "valid") continue;
    for (const rule of [...rules.value.inbound, ...rules.value.outbound]) {
      const { src, dst } = prepareRule(rule).canonical;
      for (const tag of [src.tag, src.notTag, dst.tag, dst.notTag]) if (tag !== undefined) asked.add(tag);
    }
  }
  return asked;
}

function sortedNets(snapshot: Snapshot, family: Family): readonly Cidr[] {
  const byText = new Map(namedNets(snapshot).flatMap((net) => (net.family === family ? [[net.text, net]] : [])));
  return [...byText.values()].sort((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : a.prefix - b.prefix));
}

function knownAddresses(snapshot: Snapshot, family: Family): readonly bigint[] {
  const found = new Set<bigint>();
  for (const { value } of snapshot.endpoints.values()) {
    if (value.kind !== "valid") continue;
    for (const { address } of family === 4 ? value.value.ipv4Nets : value.value.ipv6Nets) found.add(address);
  }
  for (const { ip } of snapshot.hosts.values()) {
    const address = ip === undefined ? undefined : parseAddress(ip);
    if (address?.ok && address.value.family === family) found.add(address.value.value);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}
