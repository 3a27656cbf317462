/*
 * Orders three columns so that few lines cross: the barycenter heuristic, swept from left to right and back.
 * Goal: the same state always gives the same picture, in milliseconds at a thousand profiles. So the start is the
 * order of names, ties fall back to names, and the best ordering seen is kept only when it is strictly better.
 */

/** A line between neighbouring columns, by node id. */
export type ColumnLink = { readonly from: string; readonly to: string };

/** Node ids of one column; `name` breaks ties. */
export type ColumnNode = { readonly id: string; readonly name: string };

export type Columns = readonly [readonly ColumnNode[], readonly ColumnNode[], readonly ColumnNode[]];

const MAX_SWEEPS = 12;

/** Orders each column; links to ids outside the columns are ignored. Deterministic, whatever the order of its input. */
export function orderColumns(columns: Columns, links: readonly ColumnLink[]): Columns {
  const neighbours = neighboursOf(columns, links);
  const start = (column: readonly ColumnNode[]) => startingOrder(column, neighbours);
  let current: Columns = [start(columns[0]), start(columns[1]), start(columns[2])];
  let best = current;
  let fewest = countCrossings(current, links);
  for (let sweep = 0; sweep < MAX_SWEEPS && fewest > 0; sweep += 1) {
    current = sweep % 2 === 0 ? sweepRight(current, neighbours) : sweepLeft(current, neighbours);
    const crossings = countCrossings(current, links);
    if (crossings < fewest) {
      best = current;
      fewest = crossings;
    }
  }
  return best;
}

/** How often two links between the same columns cross; the measure orderColumns lowers. */
export function countCrossings(columns: Columns, links: readonly ColumnLink[]): number {
  return crossingsBetween(columns[0], columns[1], links) + crossingsBetween(columns[1], columns[2], links);
}

type Neighbours = ReadonlyMap<string, { readonly left: readonly string[]; readonly right: readonly string[] }>;

function neighboursOf(columns: Columns, links: readonly ColumnLink[]): Neighbours {
  const found = new Map<string, { left: string[]; right: string[] }>();
  for (const column of columns) for (const node of column) found.set(node.id, { left: [], right: [] });
  for (const { from, to } of links) {
    const start = found.get(from);
    const end = found.get(to);
    if (start === undefined || end === undefined) continue;
    start.right.push(to);
    end.left.push(from);
  }
  return found;
}

function sweepRight([first, second, third]: Columns, neighbours: Neighbours): Columns {
  const middle = byBarycenter(second, first, (id) => neighbours.get(id)?.left ?? []);
  return [first, middle, byBarycenter(third, middle, (id) => neighbours.get(id)?.left ?? [])];
}

function sweepLeft([first, second, third]: Columns, neighbours: Neighbours): Columns {
  const middle = byBarycenter(second, third, (id) => neighbours.get(id)?.right ?? []);
  return [byBarycenter(first, middle, (id) => neighbours.get(id)?.right ?? []), middle, third];
}

/** Nodes without a neighbour on that side go last, by name. */
function byBarycenter(
  column: readonly ColumnNode[],
  fixed: readonly ColumnNode[],
  neighboursIn: (id: string) => readonly string[],
): readonly ColumnNode[] {
  const rank = new Map(fixed.map((node, index) => [node.id, index]));
  const weighed = column.map((node) => {
    const ranks = neighboursIn(node.id).flatMap((id) => rank.get(id) ?? []);
    const sum = ranks.reduce((total, value) => total + value, 0);
    return { node, weight: ranks.length === 0 ? Number.POSITIVE_INFINITY : sum / ranks.length };
  });
  weighed.sort((a, b) => (a.weight === b.weight ? compareNames(a.node, b.node) : a.weight - b.weight));
  return weighed.map(({ node }) => node);
}

/** By name, with the nodes that have no line after all others. */
function startingOrder(column: readonly ColumnNode[], neighbours: Neighbours): readonly ColumnNode[] {
  const isLinked = ({ id }: ColumnNode) => {
    const { left = [], right = [] } = neighbours.get(id) ?? {};
    return left.length + right.length > 0;
  };
  const named = [...column].sort(compareNames);
  return [...named.filter(isLinked), ...named.filter((node) => !isLinked(node))];
}

function compareNames(a: ColumnNode, b: ColumnNode): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Counts inversions with a Fenwick tree: O(links log nodes), because the pairwise count is quadratic. */
function crossingsBetween(
  left: readonly ColumnNode[],
  right: readonly ColumnNode[],
  links: readonly ColumnLink[],
): number {
  const leftRank = new Map(left.map((node, index) => [node.id, index]));
  const rightRank = new Map(right.map((node, index) => [node.id, index]));
  const ends = links
    .flatMap(({ from, to }) => {
      const start = leftRank.get(from);
      const end = rightRank.get(to);
      return start === undefined || end === undefined ? [] : [[start, end] as const];
    })
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const tree = new Int32Array(right.length + 1);
  let crossings = 0;
  for (const [seen, [, end]] of ends.entries()) {
    crossings += seen - countUpTo(tree, end + 1);
    for (let at = end + 1; at <= right.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
  }
  return crossings;
}

function countUpTo(tree: Int32Array, last: number): number {
  let count = 0;
  for (let at = last; at > 0; at -= at & -at) count += tree[at] ?? 0;
  return count;
}
