import { type AddressDependency, addressDependencies } from "#analysis/address-dependencies.ts";
import {
  type ConnectionSet,
  connectionSetKey,
  EVERYTHING,
  intersect,
  isEmpty,
  NOTHING,
  subtract,
} from "#analysis/connection-set.ts";
import { familyRegion } from "#analysis/diagram/rule-region.ts";
import { explainRelation, type RelationPiece } from "#analysis/explain-relation.ts";
import { classifyPeers, type PeerClasses } from "#analysis/peer-classes.ts";
import { type Policy, policyDiagram } from "#analysis/policy-diagram.ts";
import { type PlacedNode, placeNodes, type ReachNode } from "#analysis/reach-node.ts";
import type { Direction } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/**
 * Who can reach whom between profiles, the networks rules name, and the world.
 *
 * The aim is an exact answer for every pair at a cost that follows structure. What a profile decides about a peer depends
 * only on the tags and networks its own rules ask about, so peers that answer alike form classes, one set is computed per
 * class, equal sets are one object, and a pair is two look-ups and one remembered intersection.
 */
export type Reachability = {
  readonly revision: number;
  /** World, then networks, then profiles; pairs name nodes by their index here. */
  readonly nodes: readonly ReachNode[];
  /** Equal relations are one object. `undefined` between two places without policy. */
  readonly relation: (from: number, to: number) => Relation | undefined;
  /** The pair's connections with what decides them on both sides: allowed ones first. */
  readonly explain: (from: number, to: number) => readonly RelationPiece[];
  /** The named networks that change the pair's answer when a profile's endpoint has its address there. */
  readonly dependsOn: (from: number, to: number) => readonly AddressDependency[];
  /** Pairs with anything allowed, or for `half-open` anything exactly one side allows, in the order of the nodes. */
  readonly edges: (kind: "allowed" | "half-open") => readonly ReachEdge[];
};

/** What one node may send to another. The half-open sets are empty where one end has no policy. */
export type Relation = {
  readonly allowed: ConnectionSet;
  readonly senderOnly: ConnectionSet;
  readonly receiverOnly: ConnectionSet;
};

export type ReachEdge = {
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly relation: Relation;
};

/** Computes the answer for every pair of a snapshot's places (evaluation.md says what a profile stands for). */
export function reachability(snapshot: Snapshot): Reachability {
  const placed = placeNodes(snapshot);
  const sets = createSetTable();
  const rows = {
    outbound: placed.map((own) => peerSets({ snapshot, placed, own, direction: "outbound", sets })),
    inbound: placed.map((own) => peerSets({ snapshot, placed, own, direction: "inbound", sets })),
  };
  const relate = createRelate(sets);
  const relation = (from: number, to: number) => {
    const [sender, receiver] = [placed[from], placed[to]];
    if (sender === undefined || receiver === undefined) return undefined;
    const isSenderPoliced = sender.profileIds !== undefined;
    const isReceiverPoliced = receiver.profileIds !== undefined;
    if (!isSenderPoliced && !isReceiverPoliced) return undefined;
    const outbound = rows.outbound[from]?.[to] ?? 0;
    const inbound = rows.inbound[to]?.[from] ?? 0;
    return relate({
      outbound,
      inbound,
      universe: universeOf(sender, receiver),
      isTwoSided: isSenderPoliced && isReceiverPoliced,
    });
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

function listEdges(
  placed: readonly PlacedNode[],
  relationOf: Reachability["relation"],
  kind: "allowed" | "half-open",
): readonly ReachEdge[] {
  const edges: ReachEdge[] = [];
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

type SetTable = { readonly idOf: (set: ConnectionSet) => number; readonly at: (id: number) => ConnectionSet };

/** Gives equal sets one number, so that pairs can be compared and remembered by number. */
function createSetTable(): SetTable {
  const sets: ConnectionSet[] = [];
  const idByKey = new Map<string, number>();
  const table: SetTable = {
    idOf: (set) => {
      const key = connectionSetKey(set);
      const known = idByKey.get(key);
      if (known !== undefined) return known;
      idByKey.set(key, sets.length);
      return sets.push(set) - 1;
    },
    at: (id) => sets[id] ?? NOTHING,
  };
  return table;
}

type OwnPolicy = {
  readonly snapshot: Snapshot;
  readonly placed: readonly PlacedNode[];
  readonly own: PlacedNode;
  readonly direction: Direction;
  readonly sets: SetTable;
};

/** For each peer, the number of the set of connections that this node's policy allows in this direction. */
function peerSets({ snapshot, placed, own, direction, sets }: OwnPolicy): Int32Array {
  const row = new Int32Array(placed.length);
  if (own.profileIds === undefined) return row.fill(sets.idOf(EVERYTHING));
  const policy: Policy = { profiles: snapshot.profiles, profileIds: own.profileIds, direction };
  const classes: PeerClasses = classifyPeers(policy, placed);
  const idOfClass = classes.samples.map((sample) => {
    const peer = placed[sample] ?? own;
    const ends = direction === "outbound" ? { src: own.facts, dst: peer.facts } : { src: peer.facts, dst: own.facts };
    return sets.idOf(policyDiagram(policy, ends, ({ verdict }) => verdict === "allow"));
  });
  classes.classOf.forEach((classIndex, peer) => {
    row[peer] = idOfClass[classIndex] ?? 0;
  });
  return row;
}

type RelationInput = {
  readonly outbound: number;
  readonly inbound: number;
  /** 0 for both families, else the only one that both ends have. */
  readonly universe: 0 | 4 | 6;
  readonly isTwoSided: boolean;
};

/** A network has addresses of one family only. */
function universeOf(sender: PlacedNode, receiver: PlacedNode): 0 | 4 | 6 {
  if (sender.node.kind === "cidr") return sender.node.family;
  return receiver.node.kind === "cidr" ? receiver.node.family : 0;
}

function createRelate(sets: SetTable): (input: RelationInput) => Relation {
  const known = new Map<number, Map<number, Relation>>();
  return (input) => {
    const { outbound, inbound, universe, isTwoSided } = input;
    const byOutbound = known.get(outbound) ?? new Map<number, Relation>();
    if (byOutbound.size === 0) known.set(outbound, byOutbound);
    const key = inbound * 16 + universe * 2 + (isTwoSided ? 1 : 0);
    const remembered = byOutbound.get(key);
    if (remembered !== undefined) return remembered;
    const relation = relationBetween(sets.at(outbound), sets.at(inbound), input);
    byOutbound.set(key, relation);
    return relation;
  };
}

function relationBetween(outbound: ConnectionSet, inbound: ConnectionSet, input: RelationInput): Relation {
  const both = intersect(outbound, inbound);
  const allowed = input.universe === 0 ? both : intersect(both, familyRegion([input.universe]));
  if (!input.isTwoSided) return { allowed, senderOnly: NOTHING, receiverOnly: NOTHING };
  return { allowed, senderOnly: subtract(outbound, inbound), receiverOnly: subtract(inbound, outbound) };
}
