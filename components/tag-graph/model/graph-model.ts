import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { formatKey, type GraphRelations, graphRelations, heldTags, type Key } from "./graph-relations.ts";
import { type PairTable, pairTable } from "./pair-table.ts";
import { receiverPorts } from "./receiver-ports.ts";

/** A box of the picture. Ids are unique over all columns. A box may stand for several places or tags that are drawn as one. */
export type GraphNode = SenderNode | KeyNode | ReceiverNode;
export type SenderNode = {
  readonly column: "sender";
  readonly id: string;
  readonly name: string;
  readonly place: BoxPlace;
  /** How many of its tags some receiver asks for. */
  readonly held: number;
};
export type KeyNode = {
  readonly column: "tag";
  readonly id: string;
  readonly name: string;
  readonly key: BoxKey;
  /** Profiles that hold it and profiles that admit it. */
  readonly held: number;
  readonly admitted: number;
};
export type ReceiverNode = {
  readonly column: "receiver";
  readonly id: string;
  readonly name: string;
  readonly place: BoxPlace;
  readonly ports: readonly string[];
};

/** A place, or profiles drawn as one. */
export type BoxPlace = ReachNode | { readonly kind: "group"; readonly key: string; readonly count: number };
/** A key, or tags drawn as one. */
export type BoxKey = Key | { readonly kind: "tags"; readonly name: string; readonly count: number };

/** A line that is always drawn: who holds a key, who admits it, who denies it. */
export type GraphLink = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "holds" | "admits" | "denies";
};

/** What stands in the profiles themselves: drawn before the judge has answered who reaches whom. */
export type GraphOutline = {
  readonly revision: number;
  readonly snapshot: Snapshot;
  readonly relations: GraphRelations;
  readonly senders: readonly SenderNode[];
  readonly keys: readonly KeyNode[];
  readonly receivers: readonly ReceiverNode[];
  readonly links: readonly GraphLink[];
};

export type GraphModel = GraphOutline & { readonly reach: Reachability; readonly pairs: PairTable };

const outlines = new WeakMap<Snapshot, GraphOutline>();

/** The boxes and lines of a snapshot with its places in the order of the judge; made once. */
export function graphOutline(snapshot: Snapshot, places: readonly ReachNode[]): GraphOutline {
  const known = outlines.get(snapshot);
  if (known !== undefined) return known;
  const relations = graphRelations(snapshot);
  const profiles = [...snapshot.profiles.values()];
  const isDrawn = drawnPlaces(relations);
  const asked = new Set<string>(relations.tags.map(({ tag }) => tag));
  const outline = {
    revision: snapshot.revision,
    snapshot,
    relations,
    senders: places.filter(isDrawn.sender).map((place) => senderNode(place, snapshot, asked)),
    keys: keyNodes(relations, places),
    receivers: places.filter(isDrawn.receiver).map((place) => receiverNode(place, snapshot)),
    links: [...holdLinks(profiles, relations), ...doorLinks(relations)],
  };
  outlines.set(snapshot, outline);
  return outline;
}

/** Everything the graph's views are made of, from one snapshot and the judge's answer to it; an earlier model helps. */
export function graphModel(snapshot: Snapshot, judge: Reachability, earlier?: GraphModel): GraphModel {
  const outline = graphOutline(snapshot, judge.nodes);
  const { relations } = outline;
  const isSameSides = earlier !== undefined && sidesOf(earlier.relations) === sidesOf(relations);
  const pairs = pairTable(judge, drawnPlaces(relations), isSameSides ? earlier.pairs : undefined);
  return { ...outline, reach: explainOnce(judge), pairs };
}

/** Explanations are asked for again and again, and a worker lives long: the newest ones are kept. */
const MAX_EXPLAINED = 20_000;

function explainOnce(judge: Reachability): Reachability {
  const known = new Map<number, ReturnType<Reachability["explain"]>>();
  return {
    ...judge,
    explain: (from, to) => {
      const pair = from * judge.nodes.length + to;
      const pieces = known.get(pair) ?? judge.explain(from, to);
      if (known.size >= MAX_EXPLAINED) known.clear();
      known.set(pair, pieces);
      return pieces;
    },
  };
}

function sidesOf({ ranges, targetRanges }: GraphRelations): string {
  return `${ranges.join()};${targetRanges.join()}`;
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

function senderNode(place: ReachNode, snapshot: Snapshot, asked: ReadonlySet<string>): SenderNode {
  const profile = place.kind === "profile" ? snapshot.profiles.get(place.id) : undefined;
  const held = profile === undefined ? 0 : new Set(heldTags(profile).filter((tag) => asked.has(tag))).size;
  return { column: "sender", id: `from:${placeKey(place)}`, name: placeName(place), place, held };
}

function receiverNode(place: ReachNode, snapshot: Snapshot): ReceiverNode {
  const profile = place.kind === "profile" ? snapshot.profiles.get(place.id) : undefined;
  const ports = profile === undefined ? [] : receiverPorts(profile);
  return { column: "receiver", id: `to:${placeKey(place)}`, name: placeName(place), place, ports };
}

/** First what needs no tag: anyone, then addresses; then the tags receivers ask for. */
function keyNodes(
  { tags, ranges, targetRanges, doors }: GraphRelations,
  places: readonly ReachNode[],
): readonly KeyNode[] {
  const admitters = new Map<string, number>();
  for (const { key, says } of doors) {
    if (says === "allow") admitters.set(formatKey(key), (admitters.get(formatKey(key)) ?? 0) + 1);
  }
  const node = (key: Key, name: string, held: number): KeyNode => ({
    column: "tag",
    id: keyId(key),
    name,
    key,
    held,
    admitted: admitters.get(formatKey(key)) ?? 0,
  });
  const named = new Set([...ranges, ...targetRanges]);
  const nets = places.flatMap((place) => (place.kind === "cidr" && named.has(place.cidr) ? [place.cidr] : []));
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

/** A line of the picture. */
export function link(kind: GraphLink["kind"], from: string, to: string): GraphLink {
  return { id: `${kind} ${from} ${to}`, from, to, kind };
}
