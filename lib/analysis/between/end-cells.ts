import type { PlaceFacts } from "#analysis/between/place-facts.ts";
import type { Interval } from "#analysis/connections/diagram.ts";
import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { addressOnlyIn } from "#analysis/reach/reach-node.ts";
import { formatAddress, parseAddress } from "#policy/address.ts";
import type { Party } from "#policy/evaluation/party.ts";
import type { Place } from "#policy/packet.ts";
import type { Cidr, Family } from "#policy/rule.ts";

/** Addresses of one end that policy cannot tell apart, with one of them. */
export type EndCell = {
  readonly party: Party;
  readonly address: bigint;
  /** The addresses, ascending; absent where the place has no address to speak of, so that none is claimed. */
  readonly intervals?: readonly Interval[];
};

/** Which end of the connection a place is. The receiver of an address depends on who sends. */
export type EndRole = { readonly end: "from" } | { readonly end: "to"; readonly sender: EndCell };

type Seen = { readonly facts: PlaceFacts; readonly family: Family; readonly role: EndRole };

/**
 * The cells of a place in one family. `at` puts an endpoint that is not there into a network, for the question what an
 * answer depends on. Never empty: an endpoint without an address still has an answer.
 */
export function endCells(facts: PlaceFacts, family: Family, asked: AskedEnd): readonly EndCell[] {
  const seen: Seen = { facts, family, role: asked.role };
  const { place, at } = asked;
  switch (place.kind) {
    case "world":
      return [outsideCell(seen)];
    case "address":
      return familyOf(place.address) === family ? [addressCell(seen, place.address)] : [];
    case "cidr":
      return place.cidr.family === family ? cidrCells(seen, place.cidr) : [];
    case "profile": {
      const party = resolve(seen, place);
      const isPlaced = at !== undefined && at.family === family;
      return [{ party, address: isPlaced ? addressOnlyIn(at, facts.nets(family)) : unknownAddress(seen) }];
    }
    case "endpoint":
    case "host":
      return partyCells(seen, resolve(seen, place));
  }
}

/** One end of a question. */
export type AskedEnd = { readonly place: AskedPlace; readonly role: EndRole; readonly at?: Cidr };

function resolve({ facts, family, role }: Seen, place: Place): Party {
  return role.end === "from"
    ? facts.places.sender(place, family)
    : facts.places.receiver(place, family, role.sender.party);
}

function partyCells(seen: Seen, party: Party): readonly EndCell[] {
  if (party.kind === "workload" && party.addresses.length > 0) {
    const distinct = [...new Set(party.addresses)];
    return distinct.map((address) => ({ party, address, intervals: [single(address)] }));
  }
  const own = party.kind === "host" || party.kind === "outside" ? party.address : undefined;
  return [{ party, address: own ?? unknownAddress(seen) }];
}

function outsideCell(seen: Seen): EndCell {
  const [first, second] = seen.facts.unnamed(seen.family);
  const address = (seen.role.end === "from" ? first : second) ?? 0n;
  return { party: { kind: "outside", address }, address };
}

/** Another address than the other end's, as an evaluation chooses it. */
function unknownAddress({ facts, family, role }: Seen): bigint {
  const taken = role.end === "from" ? undefined : role.sender.address;
  return facts.unnamed(family).find((address) => address !== taken) ?? 0n;
}

function addressCell(seen: Seen, text: string): EndCell {
  const address = numberOf(text);
  return { party: resolve(seen, { kind: "ip", address: text }), address };
}

type Growing = { readonly party: Party; readonly address: bigint; readonly intervals: Interval[] };

/** Sweeps over the network once: addresses with the same tags, networks and owner's policy share a cell. */
function cidrCells(seen: Seen, cidr: Cidr): readonly EndCell[] {
  const { facts, family } = seen;
  const last = lastOf(cidr);
  const inside = facts.nets(family).filter((net) => net.base <= last && lastOf(net) >= cidr.base);
  const known = new Set(facts.known(family).filter((address) => address >= cidr.base && address <= last));
  const points = pointsOf({ first: cidr.base, last, nets: inside, known });
  const cells = new Map<string, Growing>();
  const open: Cidr[] = [];
  let next = 0;
  points.forEach((start, index) => {
    while (open.length > 0 && lastOf(open.at(-1) as Cidr) < start) open.pop();
    for (let net = inside[next]; net !== undefined && net.base <= start; net = inside[next]) {
      next += 1;
      if (lastOf(net) >= start) open.push(net);
    }
    const text = formatAddress(family, start);
    const party = known.has(start) ? resolve(seen, { kind: "ip", address: text }) : outside(start);
    const key = [
      partyKey(party, seen.role),
      facts.tagsAt(family, start).join(),
      open.map((net) => net.text).join(),
    ].join(";");
    const end = points[index + 1] ?? last + 1n;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { party, address: start, intervals: [{ start, end }] });
    else cell.intervals.push({ start, end });
  });
  return [...cells.values()].map((cell) => ({ ...cell, intervals: withoutEnd(cell.intervals, family) }));
}

function pointsOf({ first, last, nets, known }: Sweep): readonly bigint[] {
  const points = new Set([first]);
  const add = (point: bigint) => {
    if (point >= first && point <= last) points.add(point);
  };
  for (const net of nets) {
    add(net.base);
    add(lastOf(net) + 1n);
  }
  for (const address of known) {
    add(address);
    add(address + 1n);
  }
  return [...points].sort((a, b) => (a < b ? -1 : 1));
}

type Sweep = {
  readonly first: bigint;
  readonly last: bigint;
  readonly nets: readonly Cidr[];
  readonly known: ReadonlySet<bigint>;
};

/** What of a party decides: its policy and state, and its host where the sender is a machine. */
function partyKey(party: Party, role: EndRole): string {
  switch (party.kind) {
    case "workload": {
      const isHostAsked = role.end === "to" && role.sender.party.kind === "host";
      const host = isHostAsked ? party.host : "";
      return `workload ${party.state} ${host} ${party.addresses.length > 0} ${party.profileIds.join()}`;
    }
    case "host":
      return `host ${party.name}`;
    case "outside":
      return "outside";
    case "hypothetical":
      return `profile ${party.profileIds.join()}`;
  }
}

function outside(address: bigint): Party {
  return { kind: "outside", address };
}

/** An interval that reaches the end of the coordinate is written without an end. */
function withoutEnd(intervals: readonly Interval[], family: Family): readonly Interval[] {
  const beyond = 1n << (family === 4 ? 32n : 128n);
  return intervals.map((each) => (each.end === beyond ? { start: each.start } : each));
}

function single(address: bigint): Interval {
  return { start: address, end: address + 1n };
}

function lastOf(net: Cidr): bigint {
  return net.base + (1n << BigInt((net.family === 4 ? 32 : 128) - net.prefix)) - 1n;
}

function familyOf(address: string): Family {
  return address.includes(":") ? 6 : 4;
}

function numberOf(text: string): bigint {
  const address = parseAddress(text);
  return address.ok ? address.value.value : 0n;
}
