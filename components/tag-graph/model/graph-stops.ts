import { isEmpty, NOTHING, union } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";
import { pairKey } from "#components/reach/place-key.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Direction, Position } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";
import { heldTags } from "./graph-relations.ts";

/** A pair where one side opens its door on purpose and the other side alone keeps it shut. */
export type GraphStop = {
  readonly id: string;
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly stoppedBy: "sender" | "receiver";
  /** The rules of the stopping side that drop it; none where no rule matches. */
  readonly positions: readonly Position[];
  /** What the other side would let through. */
  readonly text: string;
};

/** One-sided stops, and whether every pair that could have one was looked at. */
export type FoundStops = { readonly stops: readonly GraphStop[]; readonly isComplete: boolean };

/** Explaining a pair takes a while; what is beyond this is said not to have been searched. */
const MAX_EXPLAINED = 4_000;

/**
 * Nearly every pair is open on one side somewhere, so only two kinds count: a deny rule that stops what the other side
 * allows, and a door opened for the other by tag that the other's own rules do not use.
 */
export function graphStops(
  { snapshot, reach }: Judged,
  isAsked: (from: ReachNode, to: ReachNode) => boolean,
): FoundStops {
  const facts = reach.nodes.map((node) => sideFacts(node, snapshot));
  const stops: GraphStop[] = [];
  let explained = 0;
  for (const [fromIndex, sender] of facts.entries()) {
    for (const [toIndex, receiver] of facts.entries()) {
      const [from, to] = [reach.nodes[fromIndex], reach.nodes[toIndex]];
      if (sender === undefined || receiver === undefined || from === undefined || to === undefined) continue;
      if (!isAsked(from, to) || !mayStop(sender, receiver) || !isHalfOpen(reach, fromIndex, toIndex)) continue;
      explained += 1;
      if (explained > MAX_EXPLAINED) return { stops, isComplete: false };
      stops.push(...stopsBetween(reach, [fromIndex, toIndex], [from, to]));
    }
  }
  return { stops, isComplete: true };
}

type Judged = { readonly snapshot: Snapshot; readonly reach: Reachability };

function isHalfOpen(reach: Reachability, from: number, to: number): boolean {
  const relation = reach.relation(from, to);
  return relation !== undefined && !(isEmpty(relation.senderOnly) && isEmpty(relation.receiverOnly));
}

/** The stops of one pair, by the side that stops. */
function stopsBetween(
  reach: Reachability,
  [fromIndex, toIndex]: readonly [number, number],
  [from, to]: readonly [ReachNode, ReachNode],
): readonly GraphStop[] {
  const pieces = reach.explain(fromIndex, toIndex).filter(({ verdict }) => verdict === "deny");
  return (["sender", "receiver"] as const).flatMap((stoppedBy) => {
    const stopping = pieces.filter((piece) => isStop(piece, stoppedBy));
    const set = stopping.reduce((all, piece) => union(all, piece.set), NOTHING);
    if (isEmpty(set)) return [];
    const decided = stopping.map((piece) => (stoppedBy === "sender" ? piece.sender : piece.receiver).decidedBy);
    const rules = decided.flatMap((by) => (by.kind === "rule" ? [by.position] : []));
    const at = [...new Set(rules)].sort((a, b) => a - b);
    const id = `${pairKey(from, to)} ${stoppedBy}`;
    return [{ id, from, to, stoppedBy, positions: at, text: formatConnectionSet(set) }];
  });
}

/** What a look at a profile tells of the stops it may take part in, so that few pairs have to be explained. */
type SideFacts = {
  readonly held: ReadonlySet<Tag>;
  readonly denies: Readonly<Record<Direction, boolean>>;
  /** Tags of the other end that its allow rules name. */
  readonly names: Readonly<Record<Direction, ReadonlySet<Tag>>>;
};

function sideFacts(node: ReachNode, { profiles }: Snapshot): SideFacts | undefined {
  const profile = node.kind === "profile" ? profiles.get(node.id) : undefined;
  if (profile?.rules.kind !== "valid") return undefined;
  const { inbound, outbound } = profile.rules.value;
  const rules = { inbound: inbound.map(canonicalRule), outbound: outbound.map(canonicalRule) };
  const denies = (direction: Direction) => rules[direction].some(({ action }) => action === "deny");
  const names = (direction: Direction) => {
    const allowing = rules[direction].filter(({ action }) => action === "allow");
    return new Set(allowing.flatMap(({ src, dst }) => (direction === "inbound" ? src.tag : dst.tag) ?? []));
  };
  return {
    held: new Set(heldTags(profile)),
    denies: { inbound: denies("inbound"), outbound: denies("outbound") },
    names: { inbound: names("inbound"), outbound: names("outbound") },
  };
}

function mayStop(sender: SideFacts, receiver: SideFacts): boolean {
  if (sender.denies.outbound || receiver.denies.inbound) return true;
  return shares(sender.held, receiver.names.inbound) || shares(receiver.held, sender.names.outbound);
}

function shares(held: ReadonlySet<Tag>, named: ReadonlySet<Tag>): boolean {
  return [...held].some((tag) => named.has(tag));
}

function isStop(piece: RelationPiece, stoppedBy: GraphStop["stoppedBy"]): boolean {
  const [stopping, opening] = stoppedBy === "sender" ? [piece.sender, piece.receiver] : [piece.receiver, piece.sender];
  if (stopping.verdict !== "deny" || opening.verdict !== "allow") return false;
  if (stopping.decidedBy.kind === "rule") return true;
  return stopping.decidedBy.kind === "no-rule-matched" && namesOtherByTag(opening, stoppedBy);
}

function namesOtherByTag({ decidedBy }: RelationPiece["sender"], stoppedBy: GraphStop["stoppedBy"]): boolean {
  if (decidedBy.kind !== "rule") return false;
  const { src, dst } = canonicalRule(decidedBy.rule);
  return (stoppedBy === "sender" ? src.tag : dst.tag) !== undefined;
}
