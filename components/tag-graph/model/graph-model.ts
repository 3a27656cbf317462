import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge, Relation } from "#analysis/reach/reachability.ts";
import { pairKey, placeKey, placeName } from "#components/reach/place-key.ts";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { formatKey, type GraphRelations, graphRelations, heldTags, type Key } from "./graph-relations.ts";
import { type GraphStop, graphStops } from "./graph-stops.ts";
import { receiverPorts } from "./receiver-ports.ts";

/** A box of the picture. Ids are unique over all columns. */
export type GraphNode = SenderNode | KeyNode | ReceiverNode;
export type SenderNode = {
  readonly column: "sender";
  readonly id: string;
  readonly name: string;
  readonly place: ReachNode;
  /** How many of its tags some receiver asks for. */
  readonly held: number;
};
export type KeyNode = {
  readonly column: "tag";
  readonly id: string;
  readonly name: string;
  readonly key: Key;
  /** Profiles that hold it and profiles that admit it. */
  readonly held: number;
  readonly admitted: number;
};
export type ReceiverNode = {
  readonly column: "receiver";
  readonly id: string;
  readonly name: string;
  readonly place: ReachNode;
  readonly ports: readonly string[];
};

/** A line that is always drawn: who holds a key, who admits it, who denies it. */
export type GraphLink = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "holds" | "admits" | "denies";
};

/** Two places of which the first can send something to the second: a row of the table. */
export type GraphPair = {
  readonly id: string;
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly edge: ReachEdge;
  readonly text: string;
};

export type GraphModel = {
  readonly revision: number;
  readonly reach: Reachability;
  readonly snapshot: Snapshot;
  readonly senders: readonly SenderNode[];
  readonly keys: readonly KeyNode[];
  readonly receivers: readonly ReceiverNode[];
  readonly links: readonly GraphLink[];
  readonly pairs: readonly GraphPair[];
  readonly pairById: ReadonlyMap<string, GraphPair>;
  readonly stops: readonly GraphStop[];
};

/** Everything the graph and its table show, from one snapshot and the judge's answer to it. */
export function graphModel(snapshot: Snapshot, judge: Reachability): GraphModel {
  const reach = explainOnce(judge);
  const relations = graphRelations(snapshot);
  const profiles = [...snapshot.profiles.values()];
  const isDrawn = drawnPlaces(relations);
  const senders = reach.nodes.filter(isDrawn.sender).map((place) => senderNode(place, relations));
  const receivers = reach.nodes.filter(isDrawn.receiver).map((place) => receiverNode(place, snapshot));
  const keys = keyNodes(relations, reach);
  const pairs = pairsOf(reach.edges("allowed").filter(({ from, to }) => isDrawn.sender(from) && isDrawn.receiver(to)));
  return {
    revision: snapshot.revision,
    reach,
    snapshot,
    senders,
    keys,
    receivers,
    links: [...holdLinks(profiles, relations), ...doorLinks(relations)],
    pairs,
    pairById: new Map(pairs.map((pair) => [pair.id, pair])),
    stops: graphStops(snapshot, reach),
  };
}

/** Several parts of the page want the same explanations. */
function explainOnce(judge: Reachability): Reachability {
  const known = new Map<number, ReturnType<Reachability["explain"]>>();
  return {
    ...judge,
    explain: (from, to) => {
      const pair = from * judge.nodes.length + to;
      const pieces = known.get(pair) ?? judge.explain(from, to);
      known.set(pair, pieces);
      return pieces;
    },
  };
}

/** A network is drawn on the side where rules name it; on the other side it is no different from Anywhere. */
function drawnPlaces(relations: GraphRelations) {
  const asSender = new Set(relations.ranges);
  const asReceiver = new Set(relations.targetRanges);
  return {
    sender: (node: ReachNode) => node.kind !== "cidr" || asSender.has(node.cidr),
    receiver: (node: ReachNode) => node.kind !== "cidr" || asReceiver.has(node.cidr),
  };
}

function senderNode(place: ReachNode, { tags }: GraphRelations): SenderNode {
  const held = place.kind === "profile" ? tags.filter(({ holders }) => holders.includes(place.id)).length : 0;
  return { column: "sender", id: `from:${placeKey(place)}`, name: placeName(place), place, held };
}

function receiverNode(place: ReachNode, snapshot: Snapshot): ReceiverNode {
  const profile = place.kind === "profile" ? snapshot.profiles.get(place.id) : undefined;
  const ports = profile === undefined ? [] : receiverPorts(profile);
  return { column: "receiver", id: `to:${placeKey(place)}`, name: placeName(place), place, ports };
}

/** First what needs no tag: anyone, then addresses; then the tags receivers ask for. */
function keyNodes({ tags, ranges, targetRanges, doors }: GraphRelations, reach: Reachability): readonly KeyNode[] {
  const admitted = (key: Key) =>
    doors.filter((door) => door.says === "allow" && formatKey(door.key) === formatKey(key)).length;
  const node = (key: Key, name: string, held: number): KeyNode => ({
    column: "tag",
    id: keyId(key),
    name,
    key,
    held,
    admitted: admitted(key),
  });
  const named = new Set([...ranges, ...targetRanges]);
  const nets = reach.nodes.flatMap((place) => (place.kind === "cidr" && named.has(place.cidr) ? [place.cidr] : []));
  return [
    node({ kind: "anyone" }, "no tag needed", 0),
    ...nets.map((cidr) => node({ kind: "range", cidr }, cidr, 0)),
    ...tags.map(({ tag, holders }) => node({ kind: "tag", tag }, tag, holders.length)),
  ];
}

/** The id of a key's node. */
export function keyId(key: Key): string {
  return `key:${formatKey(key)}`;
}

function holdLinks(profiles: readonly Profile[], { tags, ranges }: GraphRelations): readonly GraphLink[] {
  const asked = new Set(tags.map(({ tag }) => tag));
  const held = profiles.flatMap((profile) =>
    heldTags(profile)
      .filter((tag) => asked.has(tag))
      .map((tag) => link("holds", `from:${profile.id}`, keyId({ kind: "tag", tag }))),
  );
  const outside = [
    link("holds", "from:@world", keyId({ kind: "anyone" })),
    ...ranges.map((cidr) => link("holds", `from:${cidr}`, keyId({ kind: "range", cidr }))),
  ];
  // A list may hold the same tag twice.
  return [...new Map([...outside, ...held].map((each) => [each.id, each])).values()];
}

function doorLinks({ doors, targetRanges }: GraphRelations): readonly GraphLink[] {
  return [
    ...doors.map(({ key, receiver, says }) =>
      link(says === "allow" ? "admits" : "denies", keyId(key), `to:${receiver}`),
    ),
    ...targetRanges.map((cidr) => link("admits", keyId({ kind: "range", cidr }), `to:${cidr}`)),
  ];
}

function link(kind: GraphLink["kind"], from: string, to: string): GraphLink {
  return { id: `${kind} ${from} ${to}`, from, to, kind };
}

/** Equal relations are one object, so their text is made once. */
function pairsOf(edges: readonly ReachEdge[]): readonly GraphPair[] {
  const texts = new Map<Relation, string>();
  return edges.map((edge) => {
    const text = texts.get(edge.relation) ?? formatConnectionSet(edge.relation.allowed);
    texts.set(edge.relation, text);
    return { id: pairKey(edge.from, edge.to), from: edge.from, to: edge.to, edge, text };
  });
}
