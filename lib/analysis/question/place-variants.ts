import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { addressOnlyIn, distinctNets } from "#analysis/reach/reach-node.ts";
import { formatAddress } from "#policy/address.ts";
import type { Endpoint } from "#policy/endpoint.ts";
import { unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Place } from "#policy/packet.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** A place at one address, and the network the address stands for when the place could be elsewhere. */
export type PlaceVariant = { readonly place: Place; readonly address?: string; readonly within?: string };

/** A place as asked about, and the other addresses it may have as far as rules can tell them apart. */
export type PlaceCover = { readonly main: PlaceVariant; readonly others: readonly PlaceVariant[] };

/** More combinations than this are not tried: the answer then names the networks of one end at a time. */
const MAX_COMBINATIONS = 4096;

/** Turns both places of a question into what an evaluator can be asked, in the family of the question. */
export function coverPlaces(
  snapshot: Snapshot,
  question: { readonly from: AskedPlace; readonly to: AskedPlace; readonly ipVersion?: Family },
): { readonly family: Family; readonly from: PlaceCover; readonly to: PlaceCover } {
  const family = question.ipVersion ?? familyOf(snapshot, question.from) ?? familyOf(snapshot, question.to) ?? 4;
  const nets = distinctNets(snapshot).filter((net) => net.family === family);
  const avoid = [...nets, ...endpointAddresses(snapshot, family)].sort((a, b) => (a.base < b.base ? -1 : 1));
  const world = unnamedAddresses(snapshot, family, 2).map((address) => formatAddress(family, address));
  const from = coverPlace(question.from, { nets, avoid, world: world[0] ?? "" });
  const to = coverPlace(question.to, { nets, avoid, world: world[1] ?? "" });
  const isTooMany = (from.others.length + 1) * (to.others.length + 1) > MAX_COMBINATIONS;
  return { family, from, to: isTooMany ? { ...to, others: [] } : to };
}

type Surroundings = {
  /** Named by rules, wider before narrower. */
  readonly nets: readonly Cidr[];
  /** The same and every endpoint's address, ascending: an address for a network is sought outside of these. */
  readonly avoid: readonly Cidr[];
  readonly world: string;
};

function coverPlace(place: AskedPlace, surroundings: Surroundings): PlaceCover {
  const { nets, avoid, world } = surroundings;
  switch (place.kind) {
    case "endpoint":
    case "host":
      return { main: { place }, others: [] };
    case "profile":
      return { main: { place }, others: nets.map((net) => ({ place, address: textIn(net, avoid), within: net.text })) };
    case "world":
      return { main: { place: { kind: "ip", address: world } }, others: [] };
    case "address":
      return { main: { place: { kind: "ip", address: place.address } }, others: [] };
    case "cidr":
      return coverCidr(place.cidr, surroundings);
  }
}

/** The part of the network that no narrower named one covers stands for it; the narrower ones may differ. */
function coverCidr(cidr: Cidr, { nets, avoid }: Surroundings): PlaceCover {
  const inner = nets.filter((net) => net.prefix > cidr.prefix && isInside(net, cidr));
  const at = (net: Cidr): PlaceVariant => ({
    place: { kind: "ip", address: textIn(net, avoid) },
    within: net.text,
  });
  return { main: at(cidr), others: inner.map(at) };
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  const hostBits = BigInt((outer.family === 4 ? 32 : 128) - outer.prefix);
  return inner.family === outer.family && inner.base >> hostBits === outer.base >> hostBits;
}

function textIn(net: Cidr, nets: readonly Cidr[]): string {
  return formatAddress(net.family, addressOnlyIn(net, nets));
}

function endpointAddresses(snapshot: Snapshot, family: Family): readonly Cidr[] {
  const prefix = family === 4 ? 32 : 128;
  return [...snapshot.endpoints.values()].flatMap(({ value }) => {
    if (value.kind !== "valid") return [];
    const nets = family === 4 ? value.value.ipv4Nets : value.value.ipv6Nets;
    return nets.map(({ address, addressText }) => ({
      family,
      base: address,
      prefix,
      text: `${addressText}/${prefix}`,
    }));
  });
}

/** The family a place leaves no choice about. */
function familyOf(snapshot: Snapshot, place: AskedPlace): Family | undefined {
  switch (place.kind) {
    case "address":
      return place.address.includes(":") ? 6 : 4;
    case "cidr":
      return place.cidr.family;
    case "endpoint": {
      const leaf = snapshot.endpoints.get(place.name)?.value;
      return leaf?.kind === "valid" ? onlyFamily(leaf.value) : undefined;
    }
    default:
      return undefined;
  }
}

function onlyFamily({ ipv4Nets, ipv6Nets }: Endpoint): Family | undefined {
  if (ipv4Nets.length > 0) return ipv6Nets.length > 0 ? undefined : 4;
  return ipv6Nets.length > 0 ? 6 : undefined;
}
