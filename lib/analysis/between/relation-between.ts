import { type EndCell, endCells } from "#analysis/between/end-cells.ts";
import { type InternDecision, judgeSides } from "#analysis/between/judge-sides.ts";
import { type PlaceFacts, placeFacts } from "#analysis/between/place-facts.ts";
import { type ConnectionSet, equals } from "#analysis/connections/connection-set.ts";
import {
  combine,
  type Diagram,
  type Interval,
  LEVEL,
  type Level,
  leaf,
  mapValues,
  sameDiagram,
  select,
  within,
} from "#analysis/connections/diagram.ts";
import type { Decision } from "#analysis/connections/policy-diagram.ts";
import { familyRegion } from "#analysis/connections/rule-region.ts";
import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { type RelationPiece, relationPieces } from "#analysis/reach/explain-relation.ts";
import type { Relation } from "#analysis/reach/reachability.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Cidr, Direction, Family } from "#policy/rule.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** What one place may send to another, with what decides every piece of it. */
export type PlaceRelation = Relation & {
  /** Allowed pieces first; together they are every connection there can be between the two. */
  readonly pieces: readonly RelationPiece[];
};

/** A network whose addresses differ in too many ways to be compared with the other end's. */
export type TooManyAddresses = { readonly kind: "too-many-addresses"; readonly found: number; readonly max: number };

/** If this end's address lies in the network, the answer is this instead. */
export type NetDependency = {
  readonly end: "from" | "to";
  readonly cidr: string;
  readonly allowed: ConnectionSet;
};

export type PlaceJudge = {
  readonly relation: (from: AskedPlace, to: AskedPlace) => Result<PlaceRelation, TooManyAddresses>;
  /** Named networks that change what a profile may send or receive, one end at a time, by address. */
  readonly dependencies: (from: AskedPlace, to: AskedPlace) => readonly NetDependency[];
};

/** Combinations of distinguishable addresses that are compared; more would keep a person waiting. */
export const MAX_CELL_PAIRS = 20_000;

/**
 * Answers for any two places, at their real addresses: endpoints on their hosts with their ordered profiles, hosts,
 * addresses, networks with every endpoint in them, profiles and the world. Equal to evaluate on every packet.
 */
export function createPlaceJudge(snapshot: PlaceFacts["snapshot"]): PlaceJudge {
  const facts = placeFacts(snapshot);
  return {
    relation: (from, to) => relationOf(facts, { from, to }),
    dependencies: (from, to) => dependenciesOf(facts, { from, to }),
  };
}

type AskedPair = {
  readonly from: AskedPlace;
  readonly to: AskedPlace;
  readonly at?: { readonly end: "from" | "to"; readonly net: Cidr };
};

type DecisionPair = { readonly sender: Decision; readonly receiver: Decision };
type Pieces = Diagram<DecisionPair | undefined>;

const NOTHING_ASKED: Pieces = leaf(undefined);

function relationOf(facts: PlaceFacts, pair: AskedPair): Result<PlaceRelation, TooManyAddresses> {
  const interner = createInterner();
  const families: Pieces[] = [];
  for (const family of [4, 6] as const) {
    const cells = cellsOf(facts, family, pair);
    const count = cells.reduce((sum, { receivers }) => sum + receivers.length, 0);
    if (count > MAX_CELL_PAIRS) return err({ kind: "too-many-addresses", found: count, max: MAX_CELL_PAIRS });
    families.push(piecesOf(facts, { family, cells, interner }));
  }
  const [v4, v6] = families;
  const whole = select(familyRegion([4]), v4 ?? NOTHING_ASKED, v6 ?? NOTHING_ASKED);
  const where = (holds: (pair: DecisionPair) => boolean): ConnectionSet =>
    mapValues(whole, (each) => each !== undefined && holds(each));
  return ok({
    allowed: where(({ sender, receiver }) => isAllowed(sender) && isAllowed(receiver)),
    senderOnly: where(({ sender, receiver }) => isAllowed(sender) && isPolicy(sender) && !isAllowed(receiver)),
    receiverOnly: where(({ sender, receiver }) => isAllowed(receiver) && isPolicy(receiver) && !isAllowed(sender)),
    pieces: relationPieces(whole),
  });
}

function isAllowed({ verdict }: Decision): boolean {
  return verdict === "allow";
}

function isPolicy({ decidedBy }: Decision): boolean {
  return decidedBy.kind !== "not-policed";
}

type CellRow = { readonly sender: EndCell; readonly receivers: readonly EndCell[] };

function cellsOf(facts: PlaceFacts, family: Family, { from, to, at }: AskedPair): readonly CellRow[] {
  const netAt = (end: "from" | "to") => (at?.end === end ? { at: at.net } : {});
  const senders = endCells(facts, family, { place: from, role: { end: "from" }, ...netAt("from") });
  return senders.map((sender) => ({
    sender,
    receivers: endCells(facts, family, { place: to, role: { end: "to", sender }, ...netAt("to") }),
  }));
}

type FamilyCells = { readonly family: Family; readonly cells: readonly CellRow[]; readonly interner: Interner };

/** Every pair of cells judged, joined where addresses make no difference. */
function piecesOf(facts: PlaceFacts, { family, cells, interner }: FamilyCells): Pieces {
  const rows = cells.map(({ sender, receivers }) => {
    const columns = receivers.map((receiver): Part => {
      const sides = judgeSides(facts, { family, sender, receiver }, interner.decision);
      return { cell: receiver, pieces: combine(sides.sender, sides.receiver, { values: interner.pair }) };
    });
    return { cell: sender, pieces: joinParts(columns, LEVEL.dst) };
  });
  return joinParts(rows, LEVEL.src);
}

type Part = { readonly cell: EndCell; readonly pieces: Pieces };

/** One answer where all parts agree; otherwise each at its own addresses, and nothing at others. */
function joinParts(parts: readonly Part[], level: Level): Pieces {
  const [first, ...others] = parts;
  if (first === undefined) return NOTHING_ASKED;
  if (others.every(({ pieces }) => sameDiagram(pieces, first.pieces))) return first.pieces;
  let joined: Pieces = NOTHING_ASKED;
  for (const { cell, pieces } of parts) joined = select(addressRegion(level, cell.intervals ?? []), pieces, joined);
  return joined;
}

function addressRegion(level: Level, intervals: readonly Interval[]): ConnectionSet {
  return within(level, 0n, intervals);
}

type Interner = {
  readonly decision: InternDecision;
  readonly pair: (sender: Decision, receiver: Decision) => DecisionPair;
};

/** Equal decisions and equal pairs of them become one object each. */
function createInterner(): Interner {
  const decisions = new Map<string, Decision>();
  const pairs = new Map<Decision, Map<Decision, DecisionPair>>();
  return {
    decision: (decision) => {
      const { decidedBy, verdict } = decision;
      const position = decidedBy.kind === "rule" ? decidedBy.position : 0;
      const key = `${verdict} ${decidedBy.kind} ${position} ${decidedBy.profile ?? ""}`;
      const known = decisions.get(key) ?? decision;
      decisions.set(key, known);
      return known;
    },
    pair: (sender, receiver) => {
      const bySender = pairs.get(sender) ?? new Map<Decision, DecisionPair>();
      pairs.set(sender, bySender);
      const pair = bySender.get(receiver) ?? { sender, receiver };
      bySender.set(receiver, pair);
      return pair;
    },
  };
}

function dependenciesOf(facts: PlaceFacts, pair: AskedPair): readonly NetDependency[] {
  const usual = relationOf(facts, pair);
  if (!usual.ok) return [];
  const asked = askedNets(facts, pair);
  return (["from", "to"] as const).flatMap((end) => {
    if (pair[end].kind !== "profile") return [];
    return asked.flatMap((net): readonly NetDependency[] => {
      const there = relationOf(facts, { ...pair, at: { end, net } });
      if (!there.ok || equals(there.value.allowed, usual.value.allowed)) return [];
      return [{ end, cidr: net.text, allowed: there.value.allowed }];
    });
  });
}

/** The networks that the rules of the two ends name; other networks cannot make a difference to a profile's address. */
function askedNets(facts: PlaceFacts, { from, to }: AskedPair): readonly Cidr[] {
  const texts = new Set([...netTexts(facts, from, "outbound"), ...netTexts(facts, to, "inbound")]);
  return ([4, 6] as const)
    .flatMap((family) => facts.nets(family))
    .filter(({ text, prefix }) => prefix > 0 && texts.has(text));
}

function netTexts(facts: PlaceFacts, place: AskedPlace, direction: Direction): readonly string[] {
  return profilesOf(facts, place).flatMap((id) => {
    const rules = facts.snapshot.profiles.get(id)?.rules;
    if (rules?.kind !== "valid") return [];
    return rules.value[direction].flatMap((rule) => {
      const { src, dst } = prepareRule(rule).canonical;
      return [src.net, src.notNet, dst.net, dst.notNet].flatMap((net) => (net === undefined ? [] : [net.text]));
    });
  });
}

function profilesOf({ snapshot }: PlaceFacts, place: AskedPlace): readonly ProfileId[] {
  switch (place.kind) {
    case "profile":
      return [place.id as ProfileId];
    case "endpoint": {
      const leafOfEndpoint = snapshot.endpoints.get(place.name)?.value;
      return leafOfEndpoint?.kind === "valid" ? leafOfEndpoint.value.profileIds : [];
    }
    case "cidr":
    case "address":
      // Any endpoint may be meant by an address.
      return [...snapshot.profiles.keys()];
    case "host":
    case "world":
      return [];
  }
}
