import { isEmpty } from "#analysis/connections/connection-set.ts";
import { type AddressDependency, addressDependencies } from "#analysis/reach/address-dependencies.ts";
import { explainRelation, type RelationPiece } from "#analysis/reach/explain-relation.ts";
import {
  type AnyNode,
  type DeployedNode,
  formatNode,
  type PlacedNode,
  type Placement,
  placeDeployed,
  placeNodes,
  type ReachNode,
} from "#analysis/reach/reach-node.ts";
import { areSlotsWorn, carrySlots, freshSlots, makeRows, type Rows } from "#analysis/rows/carry-rows.ts";
import { idAt, type Slots } from "#analysis/rows/policy-row.ts";
import { createSetTable, type PairKind, type Relation, type SetTable } from "#analysis/rows/set-table.ts";
import type { Snapshot } from "#policy/snapshot.ts";

export type { Relation };

/**
 * Who can reach whom between profiles, the networks rules name, and the world.
 *
 * The aim is an exact answer for every pair at a cost that follows structure. What a profile decides about a peer depends
 * only on the tags and networks its own rules ask about, so peers that answer alike form classes, one set is computed per
 * class, equal policies share their row, equal sets are one number, and a pair is two look-ups and one remembered
 * intersection.
 */
export type Reachability<Node = ReachNode> = {
  readonly revision: number;
  /** World, then networks, then profiles; pairs name nodes by their index here. */
  readonly nodes: readonly Node[];
  /** Equal relations are one object. `undefined` between two places without policy. */
  readonly relation: (from: number, to: number) => Relation | undefined;
  /** The pair's connections with what decides them on both sides: allowed ones first. */
  readonly explain: (from: number, to: number) => readonly RelationPiece[];
  /** The named networks that change the pair's answer when a profile's endpoint has its address there. */
  readonly dependsOn: (from: number, to: number) => readonly AddressDependency[];
  /** Pairs with anything allowed, or for `half-open` anything exactly one side allows, in the order of the nodes. */
  readonly edges: (kind: "allowed" | "half-open") => readonly ReachEdge<Node>[];
};

export type ReachEdge<Node = ReachNode> = {
  readonly from: Node;
  readonly to: Node;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly relation: Relation;
};

/** What an answer is made of, so that the next one can go on from it. */
export type Engine = {
  readonly placement: Placement;
  readonly names: readonly string[];
  readonly rows: Rows;
  readonly slots: Slots;
  readonly sets: SetTable;
  /** Answers with one lineage went on from each other: their numbers and slots mean the same. */
  readonly lineage: object;
};

const engines = new WeakMap<Reachability, Engine>();

/** A table beyond this starts anew: edits of a long day leave sets behind that nobody asks for. */
const MAX_REMEMBERED = 500_000;

/**
 * Computes the answer for every pair of a snapshot's places. With an earlier answer only what has changed since is
 * computed; the result is the same.
 */
export function reachability(snapshot: Snapshot, earlier?: Reachability): Reachability {
  const before = usableEngine(earlier);
  const placement = placeNodes(snapshot, before?.placement);
  const { placed } = placement;
  const names = placed.map(({ node }) => nodeName(node));
  const carried = before && carrySlots({ ...before, placed: before.placement.placed }, { placed, names });
  const slots = carried?.slots ?? freshSlots(placed.length);
  const sets = before?.sets ?? createSetTable();
  const world = { profiles: snapshot.profiles, placed, slots, sets };
  const rows = makeRows(world, before && carried && { rows: before.rows, change: carried.change });
  const answer = answerOf(snapshot, placed, { rows, sets, slots });
  engines.set(answer, { placement, names, rows, slots, sets, lineage: before?.lineage ?? {} });
  return answer;
}

function usableEngine(earlier: Reachability | undefined): Engine | undefined {
  const engine = earlier === undefined ? undefined : engines.get(earlier);
  if (engine === undefined || engine.sets.size() > MAX_REMEMBERED) return undefined;
  return areSlotsWorn({ ...engine, placed: engine.placement.placed }) ? undefined : engine;
}

/** The same between the ordered profile lists that endpoints have, the networks rules name, and the world. */
export function deployedReachability(snapshot: Snapshot): Reachability<DeployedNode> {
  const { placed } = placeDeployed(snapshot);
  const sets = createSetTable();
  const slots = freshSlots(placed.length);
  const rows = makeRows({ profiles: snapshot.profiles, placed, slots, sets });
  return answerOf(snapshot, placed, { rows, sets, slots });
}

/** How an answer was made; nothing for one that somebody else put together. */
export function engineOf(reach: Reachability): Engine | undefined {
  return engines.get(reach);
}

/** A node's name among nodes; a profile may be called like anything else, so the kind is part of it. */
export function nodeName(node: ReachNode): string {
  return node.kind === "profile" ? `profile ${node.id}` : `${node.kind} ${formatNode(node)}`;
}

function answerOf<Node extends AnyNode>(
  snapshot: Snapshot,
  placed: readonly PlacedNode<Node>[],
  { rows, sets, slots: { ofNode } }: Pick<Engine, "rows" | "sets" | "slots">,
): Reachability<Node> {
  const relation = (from: number, to: number) => {
    const kind = pairKind(placed[from], placed[to]);
    const [outbound, inbound] = [rows.outbound[from], rows.inbound[to]];
    if (kind === undefined || outbound === undefined || inbound === undefined) return undefined;
    return sets.relate(idAt(outbound, ofNode[to] ?? 0), idAt(inbound, ofNode[from] ?? 0), kind);
  };
  return {
    revision: snapshot.revision,
    nodes: placed.map(({ node }) => node),
    relation,
    explain: (from, to) => explainRelation(snapshot, placed[from], placed[to]),
    dependsOn: (from, to) => addressDependencies(snapshot, placed[from], placed[to]),
    edges: (kind) => listEdges(placed, relation, kind),
  };
}

/** A network has addresses of one family only; two places without policy have no relation. */
function pairKind(from: PlacedNode<AnyNode> | undefined, to: PlacedNode<AnyNode> | undefined): PairKind | undefined {
  if (from === undefined || to === undefined) return undefined;
  const isTwoSided = from.profileIds !== undefined && to.profileIds !== undefined;
  if (isTwoSided) return 1;
  if (from.profileIds === undefined && to.profileIds === undefined) return undefined;
  const { node } = from.profileIds === undefined ? from : to;
  if (node.kind !== "cidr") return 0;
  return node.family === 4 ? 2 : 4;
}

function listEdges<Node extends AnyNode>(
  placed: readonly PlacedNode<Node>[],
  relationOf: Reachability<Node>["relation"],
  kind: "allowed" | "half-open",
): readonly ReachEdge<Node>[] {
  const edges: ReachEdge<Node>[] = [];
  placed.forEach(({ node: from }, fromIndex) => {
    placed.forEach(({ node: to }, toIndex) => {
      const relation = relationOf(fromIndex, toIndex);
      if (relation === undefined) return;
      const isListed =
        kind === "allowed"
          ? !isEmpty(relation.allowed)
          : !isEmpty(relation.senderOnly) || !isEmpty(relation.receiverOnly);
      if (isListed) edges.push({ from, to, fromIndex, toIndex, relation });
    });
  });
  return edges;
}
