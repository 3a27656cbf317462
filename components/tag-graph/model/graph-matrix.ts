import { isEmpty, subtract } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Relation } from "#analysis/reach/reachability.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { cellLines, isPingOnly } from "./cell-text.ts";
import type { GraphChange } from "./graph-changes.ts";
import type { GraphModel } from "./graph-model.ts";
import type { GraphRequest } from "./graph-request.ts";
import type { GraphRows } from "./graph-view.ts";
import { matrixOrder } from "./matrix-order.ts";

/** What a cell looks like and says. Cells that are alike share one. */
export type CellKind = {
  readonly look: "none" | "all" | "granted" | "open" | "ping" | "stopped";
  /** A deny decides something here, though other things pass. */
  readonly isMarked: boolean;
  readonly change: GraphChange["kind"] | undefined;
  readonly lines: readonly string[];
  /** The whole of it, as the cursor announces it. */
  readonly words: string;
};

/** Rows send, columns receive; `cells` holds for each the number of its kind, row by row. Plain, and cheap to hand over. */
export type GraphMatrix = {
  readonly rows: readonly ReachNode[];
  readonly columns: readonly ReachNode[];
  readonly cells: Uint16Array<ArrayBuffer>;
  readonly kinds: readonly CellKind[];
};

const NO_CELL: CellKind = { look: "none", isMarked: false, change: undefined, lines: [], words: "nothing" };
/** A cell names its kind with sixteen bits; kinds beyond that are told apart by their look only. */
const MAX_KINDS = 65_000;

/** The matrix of the places a request shows, in the order it asks for. */
export function graphMatrix(model: GraphModel, rows: GraphRows, request: GraphRequest): GraphMatrix {
  const order = matrixOrder(model, rows, request);
  const { pairs } = model;
  const kindOf = cellKinds(model, rows, request.show);
  const cells = new Uint16Array(order.rows.length * order.columns.length);
  order.rows.forEach((from, row) => {
    order.columns.forEach((to, column) => {
      cells[row * order.columns.length + column] = kindOf.number(from * pairs.size + to);
    });
  });
  const place = (index: number) => model.reach.nodes[index] ?? { kind: "world" as const };
  return { rows: order.rows.map(place), columns: order.columns.map(place), cells, kinds: kindOf.kinds };
}

function cellKinds(model: GraphModel, rows: GraphRows, show: GraphRequest["show"]) {
  const { pairs } = model;
  const isNarrowed = rows.pairs.length < pairs.count;
  const wanted = isNarrowed ? new Set(rows.pairs) : undefined;
  const numberOf = ({ from, to }: { readonly from: ReachNode; readonly to: ReachNode }) =>
    (pairs.indexByKey.get(placeKey(from)) ?? -1) * pairs.size + (pairs.indexByKey.get(placeKey(to)) ?? -1);
  const stopped = new Map(rows.stops.map((stop) => [numberOf(stop), stop.text]));
  const changed = new Map(rows.changes.map((change) => [numberOf(change), change]));
  const isOpenToAll = openToAll(model);
  const kinds: CellKind[] = [NO_CELL];
  const known = new Map<string | number, number>();
  const number = (pair: number) => {
    const relation =
      wanted === undefined || wanted.has(pair) || show !== "allowed" ? (pairs.relationIds[pair] ?? 0) : 0;
    const [stop, change] = [stopped.get(pair), changed.get(pair)];
    if (relation === 0 && stop === undefined && change === undefined) return 0;
    const isFree = isOpenToAll(relation, pair % pairs.size);
    const isPlain = stop === undefined && change === undefined;
    const key = isPlain
      ? relation * 2 + Number(isFree)
      : `${relation} ${isFree} ${stop} ${change?.kind} ${change?.was}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const kind = kindFor({ relation: pairs.relations[relation], isFree, stop, change });
    const next = kinds.length < MAX_KINDS ? kinds.push(kind) - 1 : kinds.findIndex(({ look }) => look === kind.look);
    known.set(key, next);
    return next;
  };
  return { number, kinds };
}

type CellFacts = {
  readonly relation: Relation | undefined;
  readonly isFree: boolean;
  readonly stop: string | undefined;
  readonly change: GraphChange | undefined;
};

function kindFor({ relation, isFree, stop, change }: CellFacts): CellKind {
  const text = relation === undefined ? "none" : formatConnectionSet(relation.allowed);
  const look = lookOf(text, isFree, stop);
  const words = [
    text === "none" ? "nothing" : text,
    ...(stop === undefined ? [] : [`one side stops ${stop}`]),
    ...(change === undefined ? [] : [changeWords(change)]),
  ].join(", ");
  const shown = change?.kind === "removed" ? cellLines(change.was) : cellLines(text);
  return { look, isMarked: stop !== undefined && text !== "none", change: change?.kind, lines: shown, words };
}

function lookOf(text: string, isFree: boolean, stop: string | undefined): CellKind["look"] {
  if (text === "none") return stop === undefined ? "none" : "stopped";
  if (text === "all") return "all";
  if (isPingOnly(text)) return "ping";
  return isFree ? "open" : "granted";
}

/** `added tcp 7890`, `removed tcp 7890`, or both. */
export function changeWords({ kind, opened, closed }: GraphChange): string {
  const [open, close] = [opened === "none" ? "" : `opens ${opened}`, closed === "none" ? "" : `closes ${closed}`];
  return `${kind}: ${[open, close].filter(Boolean).join(", ")}`;
}

/** Whether a pair may do only what Anywhere may do too: then no grant is behind it. */
function openToAll({ pairs, reach }: GraphModel): (relation: number, to: number) => boolean {
  const world = reach.nodes.findIndex(({ kind }) => kind === "world");
  const known = new Map<number, boolean>();
  return (relation, to) => {
    const fromWorld = world < 0 ? 0 : (pairs.relationIds[world * pairs.size + to] ?? 0);
    const [own, free] = [pairs.relations[relation], pairs.relations[fromWorld]];
    if (own === undefined || free === undefined) return false;
    const key = relation * pairs.relations.length + fromWorld;
    const answer = known.get(key) ?? isEmpty(subtract(own.allowed, free.allowed));
    known.set(key, answer);
    return answer;
  };
}
