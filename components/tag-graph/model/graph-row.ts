import type { Decision } from "#analysis/connections/policy-diagram.ts";
import { type PieceJson, pieceJson } from "#analysis/format/as-json.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Verdict } from "#policy/packet.ts";
import type { GraphChange } from "./graph-changes.ts";
import type { GraphModel } from "./graph-model.ts";
import type { Key } from "./graph-relations.ts";
import type { GraphRequest } from "./graph-request.ts";
import type { GraphStop } from "./graph-stops.ts";
import type { GraphRows } from "./graph-view.ts";
import { pairKeys } from "./pair-keys.ts";
import { pairAt } from "./pair-table.ts";

/** One relation in words, a row of the tree grid: an open pair, a pair one side stops, or one that changed. */
export type GraphRow = { readonly id: string; readonly from: ReachNode; readonly to: ReachNode } & (
  | { readonly kind: "open"; readonly text: string; readonly keys: readonly Key[]; readonly deciders: string }
  | ({ readonly kind: "stopped" } & Pick<GraphStop, "stoppedBy" | "positions" | "text">)
  | { readonly kind: "changed"; readonly change: GraphChange }
);

/** What a row opens into: connections that the same two rules decide. */
export type RowPiece = PieceJson & { readonly verdict: Verdict };

/** How many rows a request has. */
export function rowCountOf(rows: GraphRows, show: GraphRequest["show"]): number {
  if (show === "changed") return rows.changes.length;
  return show === "blocked" ? rows.stops.length : rows.pairs.length;
}

/** Some of the rows; only these are explained. */
export function graphRowsAt(
  model: GraphModel,
  rows: GraphRows,
  { show, start, count }: { readonly show: GraphRequest["show"]; readonly start: number; readonly count: number },
): readonly GraphRow[] {
  if (show === "changed") {
    return rows.changes.slice(start, start + count).map((change) => ({
      ...{ id: change.id, from: change.from, to: change.to },
      kind: "changed",
      change,
    }));
  }
  if (show === "blocked") {
    return rows.stops.slice(start, start + count).map((stop) => ({ ...stop, kind: "stopped" }));
  }
  return rows.pairs.slice(start, start + count).flatMap((number) => openRow(model, number));
}

/** Every piece of a pair with the rules on both sides, allowed ones first. */
export function piecesOf({ reach, pairs }: GraphModel, from: string, to: string): readonly RowPiece[] {
  const [i, j] = [pairs.indexByKey.get(from), pairs.indexByKey.get(to)];
  if (i === undefined || j === undefined) return [];
  return reach.explain(i, j).map((piece) => ({ verdict: piece.verdict, ...pieceJson(piece) }));
}

function openRow(model: GraphModel, number: number): readonly GraphRow[] {
  const pair = pairAt(model.pairs, number);
  if (pair === undefined) return [];
  const { id, from, to, fromIndex, toIndex, text } = pair;
  const keys = pairKeys(model.reach, fromIndex, toIndex).map(({ key }) => key);
  return [{ kind: "open", id, from, to, text, keys, deciders: decidersOf(model, fromIndex, toIndex) }];
}

/** The rules on both sides, each once, in the order they are asked. */
function decidersOf({ reach }: GraphModel, from: number, to: number): string {
  const allowed = reach.explain(from, to).filter(({ verdict }) => verdict === "allow");
  const out = positionsOf(allowed.map(({ sender }) => sender));
  const into = positionsOf(allowed.map(({ receiver }) => receiver));
  return [out === "" ? "" : `outbound ${out}`, into === "" ? "" : `inbound ${into}`].filter(Boolean).join(", ");
}

function positionsOf(decisions: readonly Decision[]): string {
  const positions = new Set(
    decisions.flatMap(({ decidedBy }) => (decidedBy.kind === "rule" ? [decidedBy.position] : [])),
  );
  return [...positions].sort((a, b) => a - b).join(", ");
}
