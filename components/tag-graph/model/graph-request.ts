import { formatSelection, type GraphSelection, parseSelection } from "./graph-selection.ts";

export const VIEWS = ["columns", "matrix", "free", "table"] as const;
export const SHOWN = ["allowed", "blocked", "changed"] as const;
export const GROUPINGS = ["auto", "alike", "prefix", "none"] as const;
export const HOPS = ["1", "2", "all"] as const;
export const WAYS = ["own", "in", "out", "both"] as const;
export const ORDERS = ["near", "name", "group"] as const;

/** In percent: smaller cannot be read, larger does not fit. */
export const SMALLEST_ZOOM = 40;
export const LARGEST_ZOOM = 160;

/** Everything a view of the graph depends on beside the policy. It is what the address holds, so a link is a view. */
export type GraphRequest = {
  readonly view: (typeof VIEWS)[number];
  readonly show: (typeof SHOWN)[number];
  readonly query: string;
  readonly selection: GraphSelection;
  /** The revision shown; the live one when absent. */
  readonly rev?: number;
  /** The revision compared with; without it a comparison is of the drafts with what is stored. */
  readonly vs?: number;
  readonly group: (typeof GROUPINGS)[number];
  /** Keys that are not drawn, by formatKey. */
  readonly hidden: readonly string[];
  readonly hops: (typeof HOPS)[number];
  readonly way: (typeof WAYS)[number];
  readonly order: (typeof ORDERS)[number];
  /** Places moved by hand: each stands before the one named second. */
  readonly moved: readonly (readonly [place: string, before: string])[];
  /** How large the columns are drawn, in percent. */
  readonly zoom: number;
};

type Params = { readonly get: (name: string) => string | null };

/** Reads a request from the address; what it does not know is left at its default. */
export function parseGraphRequest(params: Params): GraphRequest {
  const [rev, vs] = [revisionOf(params.get("rev")), revisionOf(params.get("vs"))];
  return {
    view: oneOf(VIEWS, params.get("view")),
    show: oneOf(SHOWN, params.get("show")),
    query: params.get("q") ?? "",
    selection: parseSelection(params),
    ...(rev === undefined ? {} : { rev }),
    ...(vs === undefined ? {} : { vs }),
    group: oneOf(GROUPINGS, params.get("group")),
    hidden: listOf(params.get("hide")),
    hops: oneOf(HOPS, params.get("hops")),
    way: oneOf(WAYS, params.get("way")),
    order: oneOf(ORDERS, params.get("order")),
    moved: listOf(params.get("moved")).flatMap((each) => {
      const [place, before] = each.split(">");
      return place && before ? [[place, before] as const] : [];
    }),
    zoom: zoomOf(params.get("zoom")),
  };
}

/** The parameters of a request, `undefined` for what is at its default; in one order, so that equal views are equal links. */
export function formatGraphRequest(request: GraphRequest): Readonly<Record<string, string | undefined>> {
  const { view, show, query, selection, rev, vs, group, hidden, hops, way, order, moved, zoom } = request;
  return {
    view: unless("columns", view),
    show: unless("allowed", show),
    ...formatSelection(selection),
    q: unless("", query),
    rev: rev?.toString(),
    vs: vs?.toString(),
    group: unless("auto", group),
    hide: unless("", hidden.join()),
    hops: unless("1", hops),
    way: unless("own", way),
    order: unless("near", order),
    moved: unless("", moved.map((pair) => pair.join(">")).join()),
    zoom: unless("100", zoom.toString()),
  };
}

/** The query part of a link to a view. */
export function graphSearch(request: GraphRequest): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(formatGraphRequest(request)))
    if (value !== undefined) params.set(name, value);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

function unless(standard: string, value: string): string | undefined {
  return value === standard ? undefined : value;
}

function oneOf<T extends string>(choices: readonly [T, ...(readonly T[])], text: string | null): T {
  return choices.find((choice) => choice === text) ?? choices[0];
}

function revisionOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}

function zoomOf(text: string | null): number {
  const zoom = text !== null && /^\d{2,3}$/.test(text) ? Number(text) : 100;
  return Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, zoom));
}

function listOf(text: string | null): readonly string[] {
  return text === null || text === "" ? [] : text.split(",").filter((each) => each !== "");
}
