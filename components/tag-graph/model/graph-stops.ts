import { type ConnectionSet, isEmpty, NOTHING, union } from "#analysis/connection-set.ts";
import type { RelationPiece } from "#analysis/explain-relation.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { ReachNode } from "#analysis/reach-node.ts";
import type { Reachability } from "#analysis/reachability.ts";
import { pairKey } from "#components/reach/place-key.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";

/** A pair where one side opens its door on purpose and the other side alone keeps it shut. */
export type GraphStop = {
  readonly id: string;
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly stoppedBy: "sender" | "receiver";
  /** What the other side would let through. */
  readonly set: ConnectionSet;
  readonly text: string;
};

/** More pairs than this are not searched: the picture would not show them one by one either. */
const MAX_PAIRS = 20_000;

/**
 * Nearly every pair is open on one side somewhere, so only two kinds count: a deny rule that stops what the other side
 * allows, and a door opened for the other by tag that the other's own rules do not use.
 */
export function graphStops(reach: Reachability): readonly GraphStop[] {
  const candidates = reach.edges("half-open");
  if (candidates.length > MAX_PAIRS) return [];
  return candidates.flatMap(({ from, to, fromIndex, toIndex }) => {
    const pieces = reach.explain(fromIndex, toIndex).filter(({ verdict }) => verdict === "deny");
    return (["sender", "receiver"] as const).flatMap((stoppedBy) => {
      const set = pieces
        .filter((piece) => isStop(piece, stoppedBy))
        .reduce((all, piece) => union(all, piece.set), NOTHING);
      if (isEmpty(set)) return [];
      const id = `${pairKey(from, to)} ${stoppedBy}`;
      return [{ id, from, to, stoppedBy, set, text: formatConnectionSet(set) }];
    });
  });
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
