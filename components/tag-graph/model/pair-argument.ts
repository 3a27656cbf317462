import type { Decision } from "#analysis/connections/policy-diagram.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Position } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import type { GraphModel } from "./graph-model.ts";
import { heldTags } from "./graph-relations.ts";
import { type GraphStop, graphStops } from "./graph-stops.ts";
import { type KeyUse, pairKeys } from "./pair-keys.ts";
import { pairBetween } from "./pair-table.ts";

/** A rule of the receiver that would let the sender in, if the sender held the tag. */
export type MissingKey = { readonly tag: Tag; readonly position: Position };

/** Why a pair is open or not, gathered from the judge's explanation. */
export type PairArgument = {
  readonly from: ReachNode;
  readonly to: ReachNode;
  /** What gets through; absent when nothing does. */
  readonly text: string | undefined;
  readonly sender: Profile | undefined;
  readonly receiver: Profile | undefined;
  /** Positions of the rules that let allowed connections out, and in. */
  readonly letsOut: readonly Position[];
  readonly letsIn: readonly Position[];
  /** Positions of rules that drop something on this way. */
  readonly drops: { readonly sender: readonly Position[]; readonly receiver: readonly Position[] };
  /** True when the sender's outbound lets something out towards the receiver, whatever becomes of it there. */
  readonly isSent: boolean;
  /** True when the receiver's inbound would let something of the sender in, whether or not it is sent. */
  readonly isAdmitted: boolean;
  readonly keys: readonly KeyUse[];
  readonly missingKeys: readonly MissingKey[];
  readonly stops: readonly GraphStop[];
};

/** The argument about two places that the graph draws; `undefined` when one of them is gone. */
export function pairArgument(model: GraphModel, from: string, to: string): PairArgument | undefined {
  const { nodes } = model.reach;
  const [fromIndex, toIndex] = [model.pairs.indexByKey.get(from) ?? -1, model.pairs.indexByKey.get(to) ?? -1];
  const [sending, receiving] = [nodes[fromIndex], nodes[toIndex]];
  if (sending === undefined || receiving === undefined) return undefined;
  const pieces = model.reach.explain(fromIndex, toIndex);
  const allowed = pieces.filter(({ verdict }) => verdict === "allow");
  const sender = profileOf(model, sending);
  const receiver = profileOf(model, receiving);
  return {
    from: sending,
    to: receiving,
    text: pairBetween(model.pairs, from, to)?.text,
    sender,
    receiver,
    letsOut: positionsOf(allowed.map((piece) => piece.sender)),
    letsIn: positionsOf(allowed.map((piece) => piece.receiver)),
    drops: dropsOf(pieces),
    isSent: pieces.some((piece) => piece.sender.verdict === "allow"),
    isAdmitted: pieces.some((piece) => piece.receiver.verdict === "allow"),
    keys: pairKeys(model.reach, fromIndex, toIndex),
    missingKeys: missingKeys(sender, receiver),
    stops: graphStops(model, (a, b) => a === sending && b === receiving).stops,
  };
}

function profileOf({ snapshot }: GraphModel, node: ReachNode): Profile | undefined {
  return node.kind === "profile" ? snapshot.profiles.get(node.id) : undefined;
}

function dropsOf(pieces: readonly RelationPiece[]): PairArgument["drops"] {
  const denied = (side: "sender" | "receiver") =>
    pieces.map((piece) => piece[side]).filter(({ verdict }) => verdict === "deny");
  return { sender: positionsOf(denied("sender")), receiver: positionsOf(denied("receiver")) };
}

function positionsOf(decisions: readonly Decision[]): readonly Position[] {
  const positions = decisions.flatMap(({ decidedBy }) => (decidedBy.kind === "rule" ? [decidedBy.position] : []));
  return [...new Set(positions)].sort((a, b) => a - b);
}

function missingKeys(sender: Profile | undefined, receiver: Profile | undefined): readonly MissingKey[] {
  if (receiver?.rules.kind !== "valid") return [];
  const held = new Set(sender === undefined ? [] : heldTags(sender));
  return receiver.rules.value.inbound.flatMap((stored, index) => {
    const rule = canonicalRule(stored);
    if (rule.action !== "allow" || rule.src.tag === undefined || held.has(rule.src.tag)) return [];
    return [{ tag: rule.src.tag, position: index + 1 }];
  });
}
