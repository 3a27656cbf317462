import { placeKey } from "#components/reach/place-key.ts";
import { type GraphModel, keyId } from "./graph-model.ts";
import { formatKey } from "./graph-relations.ts";
import type { GraphSelection } from "./graph-selection.ts";
import { pairKeys } from "./pair-keys.ts";
import { openPairs, pairAt } from "./pair-table.ts";

/** A line of the selected path. */
export type PathLink = { readonly id: string; readonly from: string; readonly to: string };

/** What stays at full ink. Everything else is faded, never removed. */
export type GraphFocus = {
  /** Ids of the boxes chosen by the person, or on the chosen path. */
  readonly selected: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly links: readonly PathLink[];
  /** Numbers of the open pairs it is about, ascending. */
  readonly pairs: readonly number[];
};

/** How far from a chosen place one looks, and which way: what it reaches, who reaches it, or both. */
export type Horizon = { readonly hops: number; readonly way: "out" | "in" | "both" };

/** The profiles behind a name of the selection: one place, or those drawn as one box. */
export type MembersOf = (key: string) => readonly string[];

/** Beyond this many pairs their boxes stay at full ink, but not line by line: the lines would cover everything. */
const MAX_TRACED = 1_500;

/** The part of the graph a selection is about; `undefined` when nothing is selected, or what was selected is gone. */
export function graphFocus(
  model: GraphModel,
  selection: GraphSelection,
  { horizon, membersOf }: { readonly horizon: Horizon; readonly membersOf: MembersOf },
): GraphFocus | undefined {
  switch (selection.kind) {
    case "nothing":
      return undefined;
    case "key":
      return keyFocus(model, selection.key, membersOf);
    case "pair": {
      const [from, to] = [indices(model, membersOf(selection.from)), indices(model, membersOf(selection.to))];
      if (from.size === 0 || to.size === 0) return undefined;
      const { size } = model.pairs;
      const path = pairsFocus(
        model,
        openPairs(model.pairs).filter((pair) => from.has(Math.floor(pair / size)) && to.has(pair % size)),
      );
      const ends = [...idsOf("from", selection.from, membersOf), ...idsOf("to", selection.to, membersOf)];
      return { ...path, selected: new Set([...ends, ...path.nodes]), nodes: new Set([...ends, ...path.nodes]) };
    }
    default:
      return placeFocus(model, selection, { horizon, membersOf });
  }
}

/** The part of the graph that some pairs run through. */
export function pairsFocus(model: GraphModel, pairs: readonly number[]): GraphFocus {
  const nodes = new Set<string>();
  const links = new Map<string, PathLink>();
  const isTraced = pairs.length <= MAX_TRACED;
  const { size } = model.pairs;
  const keys = model.reach.nodes.map(placeKey);
  for (const pair of pairs) {
    const [from, to] = [Math.floor(pair / size), pair % size];
    nodes.add(`from:${keys[from]}`).add(`to:${keys[to]}`);
    if (!isTraced) continue;
    for (const link of pathLinks(model, from, to)) {
      links.set(link.id, link);
      nodes.add(link.from).add(link.to);
    }
  }
  return { selected: new Set(), nodes, links: [...links.values()], pairs };
}

type Looking = { readonly horizon: Horizon; readonly membersOf: MembersOf };
type PlaceSelection = Extract<GraphSelection, { readonly kind: "sender" | "receiver" }>;

function placeFocus(model: GraphModel, selection: PlaceSelection, { horizon, membersOf }: Looking) {
  const key = selection.kind === "sender" ? selection.from : selection.to;
  const start = indices(model, membersOf(key));
  if (start.size === 0) return undefined;
  const ways = horizon.way === "both" ? (["out", "in"] as const) : [horizon.way];
  const found = new Set(ways.flatMap((way) => pairsWithin(model, start, { way, hops: horizon.hops })));
  const path = pairsFocus(
    model,
    [...found].sort((a, b) => a - b),
  );
  const chosen = idsOf(selection.kind === "sender" ? "from" : "to", key, membersOf);
  return { ...path, selected: new Set(chosen), nodes: new Set([...chosen, ...path.nodes]) };
}

/** Open pairs at most so many hops away; only profiles pass anything on. */
function pairsWithin(
  { pairs, reach }: GraphModel,
  start: ReadonlySet<number>,
  { way, hops }: { readonly way: "out" | "in"; readonly hops: number },
): readonly number[] {
  const found: number[] = [];
  const seen = new Set(start);
  let frontier = [...start];
  for (let hop = 0; hop < hops && frontier.length > 0; hop += 1) {
    const next: number[] = [];
    for (const here of frontier) {
      for (let there = 0; there < pairs.size; there += 1) {
        const pair = way === "out" ? here * pairs.size + there : there * pairs.size + here;
        if ((pairs.relationIds[pair] ?? 0) === 0) continue;
        found.push(pair);
        if (seen.has(there) || reach.nodes[there]?.kind !== "profile") continue;
        seen.add(there);
        next.push(there);
      }
    }
    frontier = next;
  }
  return found;
}

function keyFocus(model: GraphModel, wanted: string, membersOf: MembersOf): GraphFocus | undefined {
  const members = new Set(membersOf(wanted));
  const ids = new Set(
    model.keys.filter(({ key }) => members.has(key.kind === "tags" ? key.name : formatKey(key))).map(({ id }) => id),
  );
  if (ids.size === 0) return undefined;
  const touching = model.links.filter(({ from, to }) => ids.has(from) || ids.has(to));
  const senders = new Set(touching.map(({ from }) => from));
  const receivers = new Set(touching.map(({ to }) => to));
  const { size } = model.pairs;
  const keys = model.reach.nodes.map(placeKey);
  const isTag = wanted.startsWith("tag");
  const candidates = openPairs(model.pairs).filter((pair) => {
    const isHeld = !isTag || senders.has(`from:${keys[Math.floor(pair / size)]}`);
    return isHeld && (!isTag || receivers.has(`to:${keys[pair % size]}`));
  });
  const isThrough = (pair: number) =>
    pairKeys(model.reach, Math.floor(pair / size), pair % size).some(({ key }) => members.has(formatKey(key)));
  const pairs = candidates.length > MAX_TRACED * 4 ? candidates : candidates.filter(isThrough);
  const path = pairsFocus(model, pairs);
  const links = path.links.filter(({ from, to }) => ids.has(from) || ids.has(to));
  const nodes = [...links, ...touching].flatMap(({ from, to }) => [from, to]);
  return { selected: ids, nodes: new Set([...ids, ...nodes]), links, pairs };
}

function pathLinks(model: GraphModel, fromIndex: number, toIndex: number): readonly PathLink[] {
  const pair = pairAt(model.pairs, fromIndex * model.pairs.size + toIndex);
  if (pair === undefined) return [];
  return pairKeys(model.reach, fromIndex, toIndex).flatMap(({ key }) => [
    pathLink(`from:${placeKey(pair.from)}`, keyId(key)),
    pathLink(keyId(key), `to:${placeKey(pair.to)}`),
  ]);
}

/** A line of a path, between two boxes. */
export function pathLink(from: string, to: string): PathLink {
  return { id: `${from} ${to}`, from, to };
}

function indices({ pairs }: GraphModel, keys: readonly string[]): ReadonlySet<number> {
  return new Set(keys.flatMap((key) => pairs.indexByKey.get(key) ?? []));
}

function idsOf(side: "from" | "to", key: string, membersOf: MembersOf): readonly string[] {
  return membersOf(key).map((member) => `${side}:${member}`);
}
