import { isEmpty } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { reachChanges } from "#analysis/reach/reach-changes.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, Relation } from "#analysis/reach/reachability.ts";
import { pairKey, placeKey } from "#components/reach/place-key.ts";

/** Two places of which the first can send something to the second. */
export type GraphPair = {
  readonly id: string;
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly relation: Relation;
  readonly text: string;
};

/**
 * All open pairs, by number: from times the number of places plus to. Three thousand profiles have millions of them, so
 * they are one array of relation numbers, and a pair becomes an object when somebody looks at it.
 */
export type PairTable = {
  readonly reach: Reachability;
  readonly size: number;
  readonly count: number;
  /** Those between two profiles. */
  readonly insideCount: number;
  /** For every pair the number of its relation in `relations`, or 0 where nothing gets through. */
  readonly relationIds: Uint32Array;
  readonly relations: readonly (Relation | undefined)[];
  readonly indexByKey: ReadonlyMap<string, number>;
};

type Sides = { readonly sender: (node: ReachNode) => boolean; readonly receiver: (node: ReachNode) => boolean };

/** Reads the open pairs between drawn places; going on from an earlier table costs what changed. */
export function pairTable(reach: Reachability, isDrawn: Sides, earlier?: PairTable): PairTable {
  const { nodes } = reach;
  const size = nodes.length;
  const indexByKey = new Map(nodes.map((node, index) => [placeKey(node), index]));
  const relations: (Relation | undefined)[] = [undefined];
  const numbers = new Map<Relation, number>();
  const numberOf = (relation: Relation | undefined) => {
    if (relation === undefined || isEmpty(relation.allowed)) return 0;
    const known = numbers.get(relation) ?? relations.push(relation) - 1;
    numbers.set(relation, known);
    return known;
  };
  const receivers = nodes.flatMap((node, index) => (isDrawn.receiver(node) ? [index] : []));
  if (earlier !== undefined && isSamePlaces(earlier.reach.nodes, nodes)) {
    return patched(earlier, reach, { isDrawn, indexByKey });
  }
  const relationIds = new Uint32Array(size * size);
  nodes.forEach((node, from) => {
    if (!isDrawn.sender(node)) return;
    for (const to of receivers) relationIds[from * size + to] = numberOf(reach.relation(from, to));
  });
  return { reach, size, ...countsOf(nodes, relationIds), relationIds, relations, indexByKey };
}

type Patch = { readonly isDrawn: Sides; readonly indexByKey: ReadonlyMap<string, number> };

function patched(earlier: PairTable, reach: Reachability, { isDrawn, indexByKey }: Patch): PairTable {
  const relationIds = earlier.relationIds.slice();
  const relations = [...earlier.relations];
  const numbers = new Map(relations.flatMap((each, index) => (each === undefined ? [] : [[each, index] as const])));
  for (const { from, to } of reachChanges(earlier.reach, reach)) {
    const [i, j] = [indexByKey.get(placeKey(from)) ?? -1, indexByKey.get(placeKey(to)) ?? -1];
    if (i < 0 || j < 0 || !isDrawn.sender(from) || !isDrawn.receiver(to)) continue;
    const relation = reach.relation(i, j);
    const isOpen = relation !== undefined && !isEmpty(relation.allowed);
    const number = isOpen ? (numbers.get(relation) ?? relations.push(relation) - 1) : 0;
    if (isOpen) numbers.set(relation, number);
    relationIds[i * earlier.size + j] = number;
  }
  return { reach, size: earlier.size, ...countsOf(reach.nodes, relationIds), relationIds, relations, indexByKey };
}

function isSamePlaces(before: readonly ReachNode[], after: readonly ReachNode[]): boolean {
  return (
    before.length === after.length && before.every((node, index) => placeKey(node) === placeKey(after[index] ?? node))
  );
}

function countsOf(nodes: readonly ReachNode[], relationIds: Uint32Array) {
  const firstProfile = nodes.findIndex(({ kind }) => kind === "profile");
  let [count, insideCount] = [0, 0];
  for (let pair = 0; pair < relationIds.length; pair += 1) {
    if (relationIds[pair] === 0) continue;
    count += 1;
    const isInside = firstProfile >= 0 && pair >= firstProfile * nodes.length && pair % nodes.length >= firstProfile;
    if (isInside) insideCount += 1;
  }
  return { count, insideCount };
}

/** The pair of a number; `undefined` where nothing gets through. */
export function pairAt(table: PairTable, pair: number): GraphPair | undefined {
  const [fromIndex, toIndex] = [Math.floor(pair / table.size), pair % table.size];
  const [from, to] = [table.reach.nodes[fromIndex], table.reach.nodes[toIndex]];
  const relation = table.relations[table.relationIds[pair] ?? 0];
  if (from === undefined || to === undefined || relation === undefined) return undefined;
  const text = formatConnectionSet(relation.allowed);
  return { id: pairKey(from, to), from, to, fromIndex, toIndex, relation, text };
}

/** The pair of two places by their keys. */
export function pairBetween(table: PairTable, from: string, to: string): GraphPair | undefined {
  const [i, j] = [table.indexByKey.get(from), table.indexByKey.get(to)];
  return i === undefined || j === undefined ? undefined : pairAt(table, i * table.size + j);
}

const opened = new WeakMap<PairTable, readonly number[]>();

/** Numbers of all open pairs, ascending: senders in the order of places, then receivers. Listed once. */
export function openPairs(table: PairTable): readonly number[] {
  const known = opened.get(table);
  if (known !== undefined) return known;
  const found = openBetween(table, 0, table.relationIds.length);
  opened.set(table, found);
  return found;
}

/** Numbers of the open pairs of one sender, ascending. */
export function openPairsFrom(table: PairTable, from: number): readonly number[] {
  return openBetween(table, from * table.size, (from + 1) * table.size);
}

function openBetween({ relationIds }: PairTable, start: number, end: number): readonly number[] {
  const found: number[] = [];
  for (let pair = start; pair < end; pair += 1) if (relationIds[pair] !== 0) found.push(pair);
  return found;
}

/** Pairs as objects; for those a person looks at. */
export function pairsAt(table: PairTable, pairs: readonly number[]): readonly GraphPair[] {
  return pairs.flatMap((pair) => pairAt(table, pair) ?? []);
}
