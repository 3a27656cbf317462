import { placeKey } from "#components/reach/place-key.ts";
import { type GraphModel, type GraphPair, keyId } from "./graph-model.ts";
import { formatKey } from "./graph-relations.ts";
import type { GraphSelection } from "./graph-selection.ts";
import type { GraphStop } from "./graph-stops.ts";
import { pairKeys } from "./pair-keys.ts";

/** A line of the selected path. */
export type PathLink = { readonly id: string; readonly from: string; readonly to: string };

/** What stays at full ink. Everything else is faded, never removed. */
export type GraphFocus = {
  /** Ids of the boxes chosen by the person, or on the chosen path. */
  readonly selected: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly links: readonly PathLink[];
  readonly pairs: readonly GraphPair[];
  readonly stops: readonly GraphStop[];
};

/** The part of the graph a selection is about; `undefined` when nothing is selected, or what was selected is gone. */
export function graphFocus(model: GraphModel, selection: GraphSelection): GraphFocus | undefined {
  switch (selection.kind) {
    case "nothing":
      return undefined;
    case "key":
      return keyFocus(model, selection.key);
    default:
      return placeFocus(model, selection);
  }
}

/** The part of the graph that some pairs run through. */
export function pairsFocus(model: GraphModel, pairs: readonly GraphPair[]): GraphFocus {
  const links = pairs.flatMap((pair) => pathLinks(model, pair));
  return {
    selected: new Set(),
    nodes: new Set(links.flatMap(({ from, to }) => [from, to])),
    links: distinct(links),
    pairs,
    stops: [],
  };
}

type PlaceSelection = Exclude<GraphSelection, { readonly kind: "nothing" | "key" }>;

function placeFocus(model: GraphModel, selection: PlaceSelection): GraphFocus | undefined {
  const from = "from" in selection ? selection.from : undefined;
  const to = "to" in selection ? selection.to : undefined;
  const chosen = [from === undefined ? [] : [`from:${from}`], to === undefined ? [] : [`to:${to}`]].flat();
  const known = new Set([...model.senders, ...model.receivers].map(({ id }) => id));
  if (chosen.some((id) => !known.has(id))) return undefined;
  const isChosen = (pair: Pick<GraphPair, "from" | "to">) =>
    (from === undefined || placeKey(pair.from) === from) && (to === undefined || placeKey(pair.to) === to);
  const path = pairsFocus(model, model.pairs.filter(isChosen));
  // Of a pair the whole path is chosen, of a single place only the place.
  const selected = selection.kind === "pair" ? [...chosen, ...path.nodes] : chosen;
  return {
    ...path,
    selected: new Set(selected),
    nodes: new Set([...chosen, ...path.nodes]),
    stops: model.stops.filter(isChosen),
  };
}

function keyFocus(model: GraphModel, wanted: string): GraphFocus | undefined {
  const node = model.keys.find(({ key }) => formatKey(key) === wanted);
  if (node === undefined) return undefined;
  const touching = model.links.filter(({ from, to }) => from === node.id || to === node.id);
  const holders = new Set(touching.map(({ from }) => from));
  const isCandidate = ({ from }: GraphPair) => node.key.kind !== "tag" || holders.has(`from:${placeKey(from)}`);
  const pairs = model.pairs.filter(
    (pair) =>
      isCandidate(pair) &&
      pairKeys(model.reach, pair.edge.fromIndex, pair.edge.toIndex).some(({ key }) => formatKey(key) === wanted),
  );
  const links = distinct(
    pairs.flatMap((pair) => pathLinks(model, pair).filter(({ from, to }) => [from, to].includes(node.id))),
  );
  const nodes = [...links, ...touching].flatMap(({ from, to }) => [from, to]);
  return { selected: new Set([node.id]), nodes: new Set([node.id, ...nodes]), links, pairs, stops: [] };
}

function pathLinks(model: GraphModel, { from, to, edge }: GraphPair): readonly PathLink[] {
  return pairKeys(model.reach, edge.fromIndex, edge.toIndex).flatMap(({ key }) => [
    pathLink(`from:${placeKey(from)}`, keyId(key)),
    pathLink(keyId(key), `to:${placeKey(to)}`),
  ]);
}

function pathLink(from: string, to: string): PathLink {
  return { id: `${from} ${to}`, from, to };
}

function distinct(links: readonly PathLink[]): readonly PathLink[] {
  return [...new Map(links.map((link) => [link.id, link])).values()];
}
