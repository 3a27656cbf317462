import { type ConnectionSet, equals, intersect, isEmpty, NOTHING, subtract } from "#analysis/connection-set.ts";
import { familyRegion } from "#analysis/diagram/rule-region.ts";
import type { ReachNode } from "#analysis/reach-node.ts";
import { engineOf, nodeName, type Reachability, type Relation } from "#analysis/reachability.ts";
import { cidrContains, parseCidr } from "#policy/cidr.ts";

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
  const nodes = allNodes(before, after);
  const old = Int32Array.from(nodes, createIndexFor(before));
  const next = Int32Array.from(nodes, createIndexFor(after));
  const isSame = createSameCheck(before, after);
  const changes: ReachChange[] = [];
  nodes.forEach((from, i) => {
    const [oldFrom, nextFrom] = [old[i] ?? -1, next[i] ?? -1];
    nodes.forEach((to, j) => {
      const [oldTo, nextTo] = [old[j] ?? -1, next[j] ?? -1];
      if (isSame([oldFrom, oldTo], [nextFrom, nextTo])) return;
      const was = allowedBetween(before, [oldFrom, oldTo], [from, to]);
      const is = allowedBetween(after, [nextFrom, nextTo], [from, to]);
      if (was === is || equals(was, is)) return;
      changes.push({ from, to, opened: subtract(is, was), closed: subtract(was, is) });
    });
  });
  return changes;
}

type SameCheck = (before: Pair<number>, after: Pair<number>) => boolean;

/**
 * Tells at once that a pair has not changed, where one answer was made from the other: the numbers of its sets are the
 * same on both sides. Says no when it does not know.
 */
function createSameCheck(before: Reachability, after: Reachability): SameCheck {
  const [a, b] = [engineOf(before), engineOf(after)];
  if (a === undefined || b === undefined || a.sets !== b.sets) return () => false;
  return ([oldFrom, oldTo], [from, to]) => {
    const [oldOut, out] = [a.rows.outbound[oldFrom]?.ids[oldTo], b.rows.outbound[from]?.ids[to]];
    if (oldOut !== out || out === undefined) return false;
    const [oldIn, into] = [a.rows.inbound[oldTo]?.ids[oldFrom], b.rows.inbound[to]?.ids[from]];
    return oldIn === into && into !== undefined && b.kindOf(from, to) === a.kindOf(oldFrom, oldTo);
  };
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

function allNodes(before: Reachability, after: Reachability): readonly ReachNode[] {
  const known = new Set(after.nodes.map(nodeName));
  return [...after.nodes, ...before.nodes.filter((node) => !known.has(nodeName(node)))];
}

/** Finds the node that answers for another: itself, or for a network nobody names there the narrowest around it. */
function createIndexFor({ nodes }: Reachability): (wanted: ReachNode) => number {
  const indexByName = new Map(nodes.map((node, index) => [nodeName(node), index]));
  return (wanted) => {
    const own = indexByName.get(nodeName(wanted));
    if (own !== undefined) return own;
    if (wanted.kind !== "cidr") return -1;
    const around = nodes.flatMap((node, index) =>
      node.kind === "cidr" && lies(wanted.cidr, node.cidr) ? [index] : [],
    );
    // Nodes list wider networks before narrower ones.
    return around.at(-1) ?? nodes.findIndex(({ kind }) => kind === "world");
  };
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
  const family = pair.flatMap((node) => (node.kind === "cidr" ? [node.family] : []))[0];
  return family === undefined ? relation.allowed : intersect(relation.allowed, familyRegion([family]));
}
