import { placeKey } from "#components/reach/place-key.ts";
import { drawnPart } from "./drawn-part.ts";
import { type GraphChange, type GraphChanges, graphChanges } from "./graph-changes.ts";
import { type GraphFocus, graphFocus, pairsFocus } from "./graph-focus.ts";
import type { GraphModel } from "./graph-model.ts";
import { type GraphPicture, graphPicture } from "./graph-picture.ts";
import { type GraphQuery, parseGraphQuery, type QueryIssue } from "./graph-query.ts";
import type { GraphRequest } from "./graph-request.ts";
import { type FoundStops, type GraphStop, graphStops } from "./graph-stops.ts";
import {
  bothParts,
  boxCount,
  type GroupedPart,
  groupBoxes,
  groupCountOf,
  hubKeys,
  MAX_BOXES,
  partWith,
  withoutKeys,
} from "./group-boxes.ts";
import { askedEnds, matchingPairs } from "./matching-pairs.ts";
import { pairKeys } from "./pair-keys.ts";
import { openPairs } from "./pair-table.ts";
import { type PanelContent, panelContent } from "./panel-content.ts";

/** How much of the whole a view shows. */
export type GraphCounts = {
  readonly profiles: number;
  readonly pairs: number;
  readonly inside: number;
  readonly stops: number;
  readonly areStopsComplete: boolean;
  readonly changes: number;
  /** Rows of the view: open pairs, stops or changes, after query and selection. */
  readonly shown: number;
  readonly boxes: number;
};

/** A view of one model, or of what differs between two: what the page draws and says. Plain JSON. */
export type GraphView = {
  readonly revision: number;
  /** Not yet while only the outline is drawn: the counts are 0 then, and the panel is empty. */
  readonly isCounted: boolean;
  readonly counts: GraphCounts;
  readonly picture: GraphPicture;
  readonly grouping: GroupedPart["kind"];
  /** What stands for more than one place or key. */
  readonly groupCount: number;
  readonly hubs: readonly string[];
  readonly panel: PanelContent;
  readonly queryIssues: readonly QueryIssue[];
  /** What the address names is not there. */
  readonly isGone: boolean;
};

/** The rows of a view, by number or as objects; what the table, the matrix and the exports are made of. */
export type GraphRows = {
  readonly pairs: readonly number[];
  readonly stops: readonly GraphStop[];
  readonly changes: readonly GraphChange[];
};

/** A model, and what it is compared with where changes are shown. */
export type Compared = { readonly model: GraphModel; readonly before: GraphModel | undefined };

type Narrowed = {
  readonly rows: GraphRows;
  readonly changes: GraphChanges;
  readonly asked: readonly number[] | undefined;
  readonly areStopsComplete: boolean;
  readonly queryIssues: readonly QueryIssue[];
};

/** The view a request asks for. */
export function graphView({ model, before }: Compared, request: GraphRequest): GraphView {
  const narrowed = narrow({ model, before }, request);
  const { whole, grouped: named } = wholePart({ model, before }, request);
  const chosen = chosenFocus(model, request, named.membersOf);
  const focus = chosen ?? (narrowed.asked === undefined ? undefined : pairsFocus(model, narrowed.asked));
  const isPart = boxCount(whole) > MAX_BOXES && narrowed.asked !== undefined;
  const part = isPart
    ? groupBoxes(partWith(whole, pairsFocus(model, narrowed.asked ?? []).nodes), model.snapshot, request.group)
    : named;
  const shown = shownRows(narrowed.rows, chosen, { model, request });
  const { stops } = narrowed.rows;
  const panel = panelContent({
    ...{ model, stops, focus: chosen, changes: narrowed.changes.changes, selection: request.selection },
    membersOf: part.membersOf,
  });
  return {
    revision: model.revision,
    isCounted: true,
    counts: {
      profiles: model.snapshot.profiles.size,
      pairs: model.pairs.count,
      inside: model.pairs.insideCount,
      stops: stops.length,
      areStopsComplete: narrowed.areStopsComplete,
      changes: narrowed.changes.changes.length,
      shown: rowCount(shown, request),
      boxes: boxCount(whole),
    },
    picture: graphPicture(
      { part, stops, changes: narrowed.changes.links, focus, labels: labelsOf(model, panel) },
      (stop) => (stop.stoppedBy === "sender" ? `from:${placeKey(stop.from)}` : `to:${placeKey(stop.to)}`),
    ),
    grouping: part.kind,
    groupCount: groupCountOf(part),
    hubs: hubKeys(whole),
    panel,
    queryIssues: narrowed.queryIssues,
    isGone: request.selection.kind !== "nothing" && chosen === undefined,
  };
}

/** The rows a request asks for, after query and selection, in the order of places. */
export function graphRows({ model, before }: Compared, request: GraphRequest): GraphRows {
  const { rows } = narrow({ model, before }, request);
  const { membersOf } = drawnPart(model, { hidden: [], group: request.group }).grouped;
  return shownRows(rows, chosenFocus(model, request, membersOf), { model, request });
}

function wholePart({ model, before }: Compared, request: GraphRequest) {
  if (before === undefined) return drawnPart(model, request);
  const whole = withoutKeys(bothParts(before, model), request.hidden);
  return { whole, grouped: groupBoxes(whole, model.snapshot, request.group) };
}

const HOPS = { 1: 1, 2: 2, all: Number.POSITIVE_INFINITY } as const;

function chosenFocus(model: GraphModel, request: GraphRequest, membersOf: GroupedPart["membersOf"]) {
  const { hops, way, selection } = request;
  const own = selection.kind === "receiver" ? "in" : "out";
  const horizon = { hops: HOPS[hops], way: way === "own" ? own : way } as const;
  return graphFocus(model, selection, { horizon, membersOf });
}

function narrow({ model, before }: Compared, { query, show }: GraphRequest): Narrowed {
  const parsed = parseGraphQuery(query);
  const wanted: GraphQuery = parsed.ok ? parsed.value : { words: [] };
  const isNarrow = parsed.ok && query.trim() !== "";
  const asked = isNarrow ? matchingPairs(model, wanted) : undefined;
  const isAsked = isNarrow ? endsAsked(model, wanted) : () => true;
  const found = stopsOf(model, { isAsked, isNarrow, show });
  const changes = before === undefined || show !== "changed" ? NO_CHANGES : graphChanges(before, model);
  const kept = changes.changes.filter(({ from, to }) => isAsked(from, to));
  return {
    rows: { pairs: asked ?? openPairs(model.pairs), stops: found.stops, changes: kept },
    changes: { ...changes, changes: kept },
    asked,
    areStopsComplete: found.isComplete,
    queryIssues: parsed.ok ? [] : parsed.error,
  };
}

type StopSearch = {
  readonly isAsked: Parameters<typeof graphStops>[1];
  readonly isNarrow: boolean;
  readonly show: string;
};

/** Above this many pairs the stops are searched when they are asked for, not for every picture. */
const MAX_PAIRS = 100_000;
const wholeStops = new WeakMap<GraphModel, FoundStops>();

function stopsOf(model: GraphModel, { isAsked, isNarrow, show }: StopSearch): FoundStops {
  if (isNarrow) return graphStops(model, isAsked);
  if (model.pairs.size ** 2 > MAX_PAIRS && show !== "blocked") return { stops: [], isComplete: false };
  const found = wholeStops.get(model) ?? graphStops(model, isAsked);
  wholeStops.set(model, found);
  return found;
}

const NO_CHANGES: GraphChanges = { changes: [], links: [] };

function endsAsked(model: GraphModel, query: GraphQuery): Parameters<typeof graphStops>[1] {
  const ends = askedEnds(model, query);
  const { indexByKey } = model.pairs;
  return (from, to) => {
    const [i, j] = [indexByKey.get(placeKey(from)), indexByKey.get(placeKey(to))];
    if (i === undefined || j === undefined) return true;
    if (ends.from[i] !== true || ends.to[j] !== true) return false;
    const names = `${placeKey(from)} ${placeKey(to)}`.toLowerCase();
    return (query.tag === undefined || ends.mayUseTag(i, j)) && query.words.every((word) => names.includes(word));
  };
}

type Asking = { readonly model: GraphModel; readonly request: GraphRequest };

function shownRows(rows: GraphRows, chosen: GraphFocus | undefined, { model, request }: Asking): GraphRows {
  if (chosen === undefined) return rows;
  const { size, indexByKey } = model.pairs;
  const wanted = new Set(chosen.pairs);
  const ids = chosen.selected;
  // Stops and changes need not be open pairs: those at the chosen boxes are meant.
  const touches = ({ from, to }: Pick<GraphStop, "from" | "to">) => {
    const [sender, receiver] = [ids.has(`from:${placeKey(from)}`), ids.has(`to:${placeKey(to)}`)];
    if (request.selection.kind === "pair") return sender && receiver;
    if (request.selection.kind !== "key") return sender || receiver;
    return wanted.has((indexByKey.get(placeKey(from)) ?? 0) * size + (indexByKey.get(placeKey(to)) ?? 0));
  };
  return {
    pairs: rows.pairs.filter((pair) => wanted.has(pair)),
    stops: rows.stops.filter(touches),
    changes: rows.changes.filter(touches),
  };
}

function rowCount(rows: GraphRows, { show }: GraphRequest): number {
  if (show === "changed") return rows.changes.length;
  return show === "blocked" ? rows.stops.length : rows.pairs.length;
}

function labelsOf(model: GraphModel, panel: PanelContent) {
  if (panel.kind !== "pair") return [];
  const [from, to] = [placeKey(panel.argument.from), placeKey(panel.argument.to)];
  const [i, j] = [model.pairs.indexByKey.get(from), model.pairs.indexByKey.get(to)];
  if (i === undefined || j === undefined) return [];
  return pairKeys(model.reach, i, j).map(({ key, text }) => ({
    key: `key:${key.kind === "anyone" ? "anyone" : key.kind === "tag" ? `tag:${key.tag}` : `range:${key.cidr}`}`,
    to: `to:${to}`,
    text,
  }));
}
