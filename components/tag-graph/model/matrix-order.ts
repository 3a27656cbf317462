import { placeKey, placeName } from "#components/reach/place-key.ts";
import { orderColumns } from "../layout/order-columns.ts";
import type { GraphModel } from "./graph-model.ts";
import type { GraphRequest } from "./graph-request.ts";
import type { GraphRows } from "./graph-view.ts";
import { prefixGroups } from "./name-groups.ts";

/** Places by their index, in the order of the rows and of the columns. */
export type MatrixOrder = { readonly rows: readonly number[]; readonly columns: readonly number[] };

const GROUPS = 24;

/**
 * Orders senders and receivers: by name, by group and then name, or so that those who share tags stand together. Anywhere
 * and address ranges stay in front. What was moved by hand comes last.
 */
export function matrixOrder(model: GraphModel, rows: GraphRows, { order, moved, query }: GraphRequest): MatrixOrder {
  const shown = query.trim() === "" ? undefined : endsOf(model, rows);
  const side = (nodes: GraphModel["senders"] | GraphModel["receivers"], wanted: ReadonlySet<number> | undefined) =>
    nodes.flatMap(({ place }) => {
      const index = place.kind === "group" ? undefined : model.pairs.indexByKey.get(placeKey(place));
      return index === undefined || wanted?.has(index) === false ? [] : [index];
    });
  const rank = ranks(model, order);
  const sorted = (indices: readonly number[], by: ReadonlyMap<number, number>) =>
    movedBy(
      model,
      [...indices].sort((a, b) => (by.get(a) ?? 0) - (by.get(b) ?? 0)),
      moved,
    );
  return {
    rows: sorted(side(model.senders, shown?.rows), rank.rows),
    columns: sorted(side(model.receivers, shown?.columns), rank.columns),
  };
}

type Ranks = { readonly rows: ReadonlyMap<number, number>; readonly columns: ReadonlyMap<number, number> };
const known = new WeakMap<GraphModel, Map<string, Ranks>>();

function ranks(model: GraphModel, order: GraphRequest["order"]): Ranks {
  const orders = known.get(model) ?? new Map<string, Ranks>();
  known.set(model, orders);
  const found = orders.get(order) ?? (order === "near" ? nearRanks(model) : namedRanks(model, order));
  orders.set(order, found);
  return found;
}

function namedRanks({ reach }: GraphModel, order: "name" | "group"): Ranks {
  const ids = reach.nodes.flatMap((node) => (node.kind === "profile" ? [node.id] : []));
  const groups = order === "group" ? prefixGroups(ids, GROUPS) : [{ label: "", names: ids }];
  const groupOf = new Map(groups.flatMap(({ names }, index) => names.map((name) => [name, index] as const)));
  const keyed = reach.nodes.map((node, index) => {
    const name = placeName(node);
    return { index, group: node.kind === "profile" ? (groupOf.get(node.id) ?? 0) : -1, name };
  });
  keyed.sort((a, b) => a.group - b.group || (a.group < 0 ? a.index - b.index : a.name < b.name ? -1 : 1));
  const rank = new Map(keyed.map(({ index }, at) => [index, at]));
  return { rows: rank, columns: rank };
}

/** The order of the columns' picture: lines through the tags cross least. */
function nearRanks({ senders, keys, receivers, links, pairs }: GraphModel): Ranks {
  const named = (nodes: readonly { readonly id: string; readonly name: string }[]) =>
    nodes.map(({ id, name }) => ({ id, name }));
  const [left, , right] = orderColumns([named(senders), named(keys), named(receivers)], links);
  const front = (index: number) => (index < (firstProfile(pairs) ?? 0) ? index - pairs.size : undefined);
  const rank = (column: readonly { readonly id: string }[], side: string) =>
    new Map(
      column.flatMap(({ id }, at) => {
        const index = pairs.indexByKey.get(id.slice(side.length));
        return index === undefined ? [] : [[index, front(index) ?? at] as const];
      }),
    );
  return { rows: rank(left, "from:"), columns: rank(right, "to:") };
}

function firstProfile({ reach }: GraphModel["pairs"]): number | undefined {
  const index = reach.nodes.findIndex(({ kind }) => kind === "profile");
  return index < 0 ? undefined : index;
}

function endsOf({ pairs }: GraphModel, rows: GraphRows) {
  const numberOf = (key: string) => pairs.indexByKey.get(key) ?? -1;
  const extra = [...rows.stops, ...rows.changes];
  return {
    rows: new Set([
      ...rows.pairs.map((pair) => Math.floor(pair / pairs.size)),
      ...extra.map(({ from }) => numberOf(placeKey(from))),
    ]),
    columns: new Set([
      ...rows.pairs.map((pair) => pair % pairs.size),
      ...extra.map(({ to }) => numberOf(placeKey(to))),
    ]),
  };
}

function movedBy({ pairs }: GraphModel, indices: readonly number[], moved: GraphRequest["moved"]): readonly number[] {
  return moved.reduce((list, [place, before]) => {
    const [mover, target] = [pairs.indexByKey.get(place), pairs.indexByKey.get(before)];
    if (mover === undefined || target === undefined || !list.includes(mover) || !list.includes(target)) return list;
    const rest = list.filter((index) => index !== mover);
    const at = rest.indexOf(target);
    return [...rest.slice(0, at), mover, ...rest.slice(at)];
  }, indices);
}
