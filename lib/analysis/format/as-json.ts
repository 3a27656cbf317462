import { isEmpty } from "#analysis/connections/connection-set.ts";
import type { Decision } from "#analysis/connections/policy-diagram.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";

/** The graph as one JSON document: nodes, allowed pairs with the rules that imply each piece, half-open pairs. */
export type GraphJson = {
  readonly revision: number;
  readonly nodes: readonly GraphNodeJson[];
  readonly allowed: readonly AllowedPairJson[];
  readonly half_open: readonly HalfOpenPairJson[];
};

/** `rules` says of a profile whether its rules can be used; `profiles` and `endpoints` belong to a list in use. */
export type GraphNodeJson = {
  readonly name: string;
  readonly kind: AnyNode["kind"];
  readonly rules?: string;
  readonly profiles?: readonly string[];
  readonly endpoints?: number;
};

export type AllowedPairJson = {
  readonly from: string;
  readonly to: string;
  readonly connections: string;
  readonly pieces: readonly PieceJson[];
};

export type PieceJson = {
  readonly connections: string;
  readonly sender: DecisionJson;
  readonly receiver: DecisionJson;
};

/** The deciding rule, or the reason why there is none. */
export type DecisionJson =
  | { readonly profile: string; readonly position: number; readonly rule: string }
  | { readonly reason: string; readonly profile?: string };

export type HalfOpenPairJson = {
  readonly from: string;
  readonly to: string;
  readonly sender_only: string;
  readonly receiver_only: string;
};

/** Builds the JSON document. */
export function graphJson(reach: Reachability<AnyNode>): GraphJson {
  return {
    revision: reach.revision,
    nodes: reach.nodes.map((node) => ({
      ...{ name: formatNode(node), kind: node.kind },
      ...(node.kind === "profile" ? { rules: node.rules } : {}),
      ...(node.kind === "profiles" ? { profiles: node.ids, endpoints: node.endpointCount } : {}),
    })),
    allowed: reach.edges("allowed").map((edge) => allowedPair(reach, edge)),
    half_open: reach.edges("half-open").map(halfOpenPair),
  };
}

/** What one piece of a pair consists of, ready to print. */
export function pieceJson({ set, sender, receiver }: RelationPiece): PieceJson {
  return { connections: formatConnectionSet(set), sender: decisionJson(sender), receiver: decisionJson(receiver) };
}

function allowedPair(
  reach: Reachability<AnyNode>,
  { from, to, fromIndex, toIndex, relation }: ReachEdge<AnyNode>,
): AllowedPairJson {
  return {
    from: formatNode(from),
    to: formatNode(to),
    connections: formatConnectionSet(relation.allowed),
    pieces: reach
      .explain(fromIndex, toIndex)
      .filter(({ verdict, set }) => verdict === "allow" && !isEmpty(set))
      .map(pieceJson),
  };
}

function halfOpenPair({ from, to, relation }: ReachEdge<AnyNode>): HalfOpenPairJson {
  return {
    from: formatNode(from),
    to: formatNode(to),
    sender_only: formatConnectionSet(relation.senderOnly),
    receiver_only: formatConnectionSet(relation.receiverOnly),
  };
}

function decisionJson({ decidedBy }: Decision): DecisionJson {
  if (decidedBy.kind !== "rule") {
    const profile = decidedBy.profile === undefined ? {} : { profile: decidedBy.profile };
    return { reason: decidedBy.kind, ...profile };
  }
  return { profile: decidedBy.profile, position: decidedBy.position, rule: formatRule(decidedBy.rule) };
}
