import {
  type ConnectionSet,
  equals,
  intersect,
  isEmpty,
  NOTHING,
  subtract,
} from "#analysis/connections/connection-set.ts";
import { familyRegion } from "#analysis/connections/rule-region.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { engineOf, nodeName, type Reachability, type Relation } from "#analysis/reach/reachability.ts";
import { touchedPairs } from "#analysis/rows/touched-pairs.ts";
import { cidrContains, parseCidr } from "#policy/cidr.ts";
import type { Family } from "#policy/rule.ts";

/** What one pair may send more, and what it may no longer send; never both empty. */
export type ReachChange = {
  readonly from: ReachNode;
  readonly to: ReachNode;
  readonly opened: ConnectionSet;
  readonly closed: ConnectionSet;
};

/**
 * Every pair whose connections differ between two answers, in the order of the nodes after, then of those that are gone.
 * A network that only one of the policies names is compared with what the other says of its addresses.
 */
export function reachChanges(before: Reachability, after: Reachability): readonly ReachChange[] {
  const { nodes, old, next, candidates } = compareNodes(before, after);
  const compareSets = createSetCompare();
  const changes: ReachChange[] = [];
  for (const pair of candidates) {
    const [i, j] = [Math.floor(pair / nodes.length), pair % nodes.length];
    const [from, to] = [nodes[i], nodes[j]];
    if (from === undefined || to === undefined) continue;
    const was = allowedBetween(before, [old[i], old[j]], [from, to]);
    const is = allowedBetween(after, [next[i], next[j]], [from, to]);
    const difference = was === is ? undefined : compareSets(was, is);
    if (difference !== undefined) changes.push({ from, to, ...difference });
  }
  return changes;
}

type SetDifference = Pick<ReachChange, "opened" | "closed">;

/** Many pairs share few sets, so two of them are compared once; nothing where they are equal. */
function createSetCompare(): (was: ConnectionSet, is: ConnectionSet) => SetDifference | undefined {
  const known = new Map<ConnectionSet, Map<ConnectionSet, { readonly difference: SetDifference | undefined }>>();
  return (was, is) => {
    const byWas = known.get(was) ?? new Map<ConnectionSet, { readonly difference: SetDifference | undefined }>();
    known.set(was, byWas);
    const found = byWas.get(is) ?? {
      difference: equals(was, is) ? undefined : { opened: subtract(is, was), closed: subtract(was, is) },
    };
    byWas.set(is, found);
    return found.difference;
  };
}

type ComparedNodes = {
  readonly nodes: readonly ReachNode[];
  /** For each node the one that answers for it before and after, or -1. */
  readonly old: Int32Array;
  readonly next: Int32Array;
  /** Pairs that may have changed, as from times the number of nodes plus to, ascending. */
  readonly candidates: Iterable<number>;
};

/** Every pair is a candidate, unless one answer was made from the other: then those that were touched. */
function compareNodes(before: Reachability, after: Reachability): ComparedNodes {
  const [oldNames, nextNames] = [namesOf(before), namesOf(after)];
  const known = new Set(nextNames);
  const nodes = [...after.nodes, ...before.nodes.filter((_, index) => !known.has(oldNames[index] ?? ""))];
  const names = [...nextNames, ...oldNames.filter((name) => !known.has(name))];
  const [oldIndex, nextIndex] = [indexOfNames(oldNames), indexOfNames(nextNames)];
  const stand = (reach: Reachability, index: ReadonlyMap<string, number>) =>
    Int32Array.from(nodes, (node, i) => index.get(names[i] ?? "") ?? standIn(reach, node));
  const compared = { nodes, old: stand(before, oldIndex), next: stand(after, nextIndex) };
  const [a, b] = [engineOf(before), engineOf(after)];
  const count = nodes.length;
  if (a === undefined || b === undefined || a.lineage !== b.lineage)
    return { ...compared, candidates: numbersBelow(count * count) };
  const ownOld = Int32Array.from(nextNames, (name) => oldIndex.get(name) ?? -1);
  const touched = touchedPairs({ before: a.rows, after: b.rows, oldIndex: ownOld, slots: b.slots }, count);
  const changed = nodes.flatMap((_, i) => ((ownOld[i] ?? -1) < 0 ? [i] : []));
  if (changed.length === 0) return { ...compared, candidates: touched };
  const pairs = new Set(touched);
  for (const node of changed) {
    for (let other = 0; other < count; other += 1) {
      pairs.add(node * count + other);
      pairs.add(other * count + node);
    }
  }
  return { ...compared, candidates: [...pairs].sort((x, y) => x - y) };
}

function namesOf(reach: Reachability): readonly string[] {
  return engineOf(reach)?.names ?? reach.nodes.map(nodeName);
}

function indexOfNames(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function* numbersBelow(end: number): Iterable<number> {
  for (let number = 0; number < end; number += 1) yield number;
}

/**
 * Leaves out the pairs of a network whose change is only the world's, told again: nothing that rules say of the network
 * made it. Changes with the world itself and between profiles all stay.
 */
export function withoutEchoes(changes: readonly ReachChange[]): readonly ReachChange[] {
  const worlds = new Map<string, ReachChange>();
  for (const change of changes) {
    if (change.from.kind === "world") worlds.set(`from ${nodeName(change.to)}`, change);
    else if (change.to.kind === "world") worlds.set(`to ${nodeName(change.from)}`, change);
  }
  return changes.filter((change) => {
    const { from, to } = change;
    const net = from.kind === "cidr" ? from : to.kind === "cidr" ? to : undefined;
    if (net === undefined) return true;
    const world = worlds.get(net === from ? `from ${nodeName(to)}` : `to ${nodeName(from)}`);
    if (world === undefined) return true;
    const family = familyRegion([net.family]);
    const isSame = (a: ConnectionSet, b: ConnectionSet) => equals(intersect(a, family), intersect(b, family));
    return !isSame(change.opened, world.opened) || !isSame(change.closed, world.closed);
  });
}

/** How many pairs open and how many close; a pair may do both. */
export function countReachChanges(changes: readonly ReachChange[]): {
  readonly opened: number;
  readonly closed: number;
} {
  return {
    opened: changes.filter(({ opened }) => !isEmpty(opened)).length,
    closed: changes.filter(({ closed }) => !isEmpty(closed)).length,
  };
}

/** A network that nobody names there is answered for by the narrowest one around it, or the world. */
function standIn({ nodes }: Reachability, wanted: ReachNode): number {
  if (wanted.kind !== "cidr") return -1;
  const around = nodes.flatMap((node, index) => (node.kind === "cidr" && lies(wanted.cidr, node.cidr) ? [index] : []));
  // Nodes list wider networks before narrower ones.
  return around.at(-1) ?? nodes.findIndex(({ kind }) => kind === "world");
}

function lies(inner: string, outer: string): boolean {
  const [a, b] = [parseCidr(inner), parseCidr(outer)];
  return a.ok && b.ok && b.value.prefix < a.value.prefix && cidrContains(b.value, a.value.family, a.value.base);
}

type Pair<T> = readonly [from: T, to: T];

function allowedBetween(
  reach: Reachability,
  [from, to]: Pair<number | undefined>,
  pair: Pair<ReachNode>,
): ConnectionSet {
  if (from === undefined || to === undefined || from < 0 || to < 0) return NOTHING;
  const relation: Relation | undefined = reach.relation(from, to);
  if (relation === undefined) return NOTHING;
  const net = pair[0].kind === "cidr" ? pair[0] : pair[1].kind === "cidr" ? pair[1] : undefined;
  return net === undefined ? relation.allowed : inFamily(relation.allowed, net.family);
}

const partsBySet = new WeakMap<ConnectionSet, { 4?: ConnectionSet; 6?: ConnectionSet }>();

/** The part of one family; relations are few, so it is remembered. */
function inFamily(set: ConnectionSet, family: Family): ConnectionSet {
  const parts = partsBySet.get(set) ?? {};
  partsBySet.set(set, parts);
  const part = parts[family] ?? intersect(set, familyRegion([family]));
  parts[family] = part;
  return part;
}
