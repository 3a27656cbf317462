import type { ConnectionSet } from "#analysis/connections/connection-set.ts";
import { combine, type Diagram, leaf, leafValues, mapValues, NO, select } from "#analysis/connections/diagram.ts";
import { type Decision, type Ends, policyDiagram } from "#analysis/connections/policy-diagram.ts";
import { familyRegion } from "#analysis/connections/rule-region.ts";
import type { AnyNode, PlacedNode } from "#analysis/reach/reach-node.ts";
import type { Verdict } from "#policy/packet.ts";
import type { Direction } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** Connections of one pair that the same two rules decide. */
export type RelationPiece = {
  readonly set: ConnectionSet;
  readonly verdict: Verdict;
  readonly sender: Decision;
  readonly receiver: Decision;
};

type DecisionPair = { readonly sender: Decision; readonly receiver: Decision };

const NOT_POLICED: Decision = { verdict: "allow", decidedBy: { kind: "not-policed" } };

/** Every connection between two nodes by what decides it on both sides; allowed pieces first, then in rule order. */
export function explainRelation(
  snapshot: Snapshot,
  sender: PlacedNode<AnyNode> | undefined,
  receiver: PlacedNode<AnyNode> | undefined,
): readonly RelationPiece[] {
  if (sender === undefined || receiver === undefined) return [];
  if (sender.profileIds === undefined && receiver.profileIds === undefined) return [];
  const ends: Ends = { src: sender.facts, dst: receiver.facts };
  const outbound = decisionsOf(snapshot, { own: sender, ends, direction: "outbound" });
  const inbound = decisionsOf(snapshot, { own: receiver, ends, direction: "inbound" });
  const pairs = new Map<Decision, Map<Decision, DecisionPair>>();
  const together = combine(outbound, inbound, { values: (out, into) => pairOf(pairs, out, into) });
  const family = [sender, receiver].flatMap(({ node }) => (node.kind === "cidr" ? [node.family] : []))[0];
  const relevant: Diagram<DecisionPair | undefined> =
    family === undefined
      ? together
      : select<DecisionPair | undefined>(familyRegion([family]), together, leaf(undefined));
  return relationPieces(relevant);
}

/** The pieces of a diagram of decisions, `undefined` left out: allowed ones first, then in rule order. */
export function relationPieces(diagram: Diagram<DecisionPair | undefined>): readonly RelationPiece[] {
  return piecesOf(diagram).sort(comparePieces);
}

function decisionsOf(
  snapshot: Snapshot,
  { own, ends, direction }: { readonly own: PlacedNode<AnyNode>; readonly ends: Ends; readonly direction: Direction },
): Diagram<Decision> {
  if (own.profileIds === undefined) return leaf(NOT_POLICED);
  const policy = { profiles: snapshot.profiles, profileIds: own.profileIds, direction };
  return policyDiagram(policy, ends, (decision) => decision);
}

function pairOf(known: Map<Decision, Map<Decision, DecisionPair>>, sender: Decision, receiver: Decision): DecisionPair {
  const bySender = known.get(sender) ?? new Map<Decision, DecisionPair>();
  known.set(sender, bySender);
  const pair = bySender.get(receiver) ?? { sender, receiver };
  bySender.set(receiver, pair);
  return pair;
}

function piecesOf(diagram: Diagram<DecisionPair | undefined>): RelationPiece[] {
  return [...new Set(leafValues(diagram))].flatMap((pair) => {
    if (pair === undefined) return [];
    const isAllowed = pair.sender.verdict === "allow" && pair.receiver.verdict === "allow";
    const set: ConnectionSet = mapValues(diagram, (value) => value === pair);
    return set === NO ? [] : [{ set, verdict: isAllowed ? "allow" : "deny", ...pair } as const];
  });
}

function comparePieces(a: RelationPiece, b: RelationPiece): number {
  return (
    Number(a.verdict === "deny") - Number(b.verdict === "deny") ||
    positionOf(a.receiver) - positionOf(b.receiver) ||
    positionOf(a.sender) - positionOf(b.sender)
  );
}

/** Decisions without a rule come after those with one. */
function positionOf({ decidedBy }: Decision): number {
  return decidedBy.kind === "rule" ? decidedBy.position : Number.MAX_SAFE_INTEGER;
}
