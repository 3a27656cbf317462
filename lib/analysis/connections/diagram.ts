/**
 * A function from packets to values, kept as an interval decision diagram: each level splits one coordinate of the
 * packet into intervals, each interval leads to a diagram of deeper levels, leaves hold the value.
 *
 *   family ─▶ protocol ─▶ source port or ICMP type ─▶ destination port or ICMP code ─▶ source ─▶ destination address
 *
 * Two rules make the form canonical: neighbouring intervals lead to different diagrams, and a level with one interval
 * is left out. So equal functions have equal diagrams, and cost follows the number of distinctions policy makes, never
 * the number of ports or addresses. Lists of boxes would be simpler, but have no canonical form and grow on subtraction.
 */
export type Diagram<T> = Leaf<T> | Branch<T>;

export type Leaf<T> = { readonly kind: "leaf"; readonly value: T };

/** `starts[i]` is where interval i begins; the first is the least value of the coordinate, the last runs to its end. */
export type Branch<T> = {
  readonly kind: "branch";
  readonly level: Level;
  readonly starts: readonly Bound[];
  readonly children: readonly Diagram<T>[];
};

/** Ports, types and protocols are numbers, addresses are bigint; one level never mixes them. */
export type Bound = number | bigint;

export const LEVEL = { family: 0, protocol: 1, first: 2, second: 3, src: 4, dst: 5 } as const;
/** A coordinate's place in the order. Beyond `dst` an analysis may add yes-or-no coordinates of its own, 0 or 1. */
export type Level = number;

/** Half-open interval of one coordinate; without `end` it runs to the end. */
export type Interval = { readonly start: Bound; readonly end?: Bound };

const BELOW_ALL_LEVELS = Number.POSITIVE_INFINITY;

/** The diagram that is the same everywhere. */
export function leaf<T>(value: T): Leaf<T> {
  return { kind: "leaf", value };
}

/** The diagram of a function of two functions' values, computed only where the two differ. */
export function combine<A, B, C>(a: Diagram<A>, b: Diagram<B>, merge: Merge<A, B, C>): Diagram<C> {
  const known = merge.shortcut?.(a, b);
  if (known !== undefined) return known;
  if (a.kind === "leaf" && b.kind === "leaf") return leaf(merge.values(a.value, b.value));
  const level = Math.min(levelOf(a), levelOf(b));
  const [left, right] = [cutsAt(a, level), cutsAt(b, level)];
  const builder = startBranch<C>(level);
  let i = 0;
  let j = 0;
  let start = left.starts[0] ?? right.starts[0] ?? 0;
  for (;;) {
    addChild(builder, start, combine(childAt(left, i), childAt(right, j), merge));
    const [nextLeft, nextRight] = [left.starts[i + 1], right.starts[j + 1]];
    const next = leastBound(nextLeft, nextRight);
    if (next === undefined) return finishBranch(builder);
    if (nextLeft === next) i += 1;
    if (nextRight === next) j += 1;
    start = next;
  }
}

/** How values combine; `shortcut` may answer whole sub-diagrams at once. */
export type Merge<A, B, C> = {
  readonly values: (a: A, b: B) => C;
  readonly shortcut?: (a: Diagram<A>, b: Diagram<B>) => Diagram<C> | undefined;
};

/** `yes` where the condition holds, `no` elsewhere. */
export function select<T>(condition: Diagram<boolean>, yes: Diagram<T>, no: Diagram<T>): Diagram<T> {
  if (condition.kind === "leaf") return condition.value ? yes : no;
  if (yes === no) return yes;
  const level = Math.min(condition.level, levelOf(yes), levelOf(no));
  const [c, y, n] = [cutsAt(condition, level), cutsAt(yes, level), cutsAt(no, level)];
  const builder = startBranch<T>(level);
  let [i, j, k] = [0, 0, 0];
  let start = c.starts[0] ?? y.starts[0] ?? n.starts[0] ?? 0;
  for (;;) {
    addChild(builder, start, select(childAt(c, i), childAt(y, j), childAt(n, k)));
    const [nextC, nextY, nextN] = [c.starts[i + 1], y.starts[j + 1], n.starts[k + 1]];
    const next = leastBound(leastBound(nextC, nextY), nextN);
    if (next === undefined) return finishBranch(builder);
    if (nextC === next) i += 1;
    if (nextY === next) j += 1;
    if (nextN === next) k += 1;
    start = next;
  }
}

function leastBound(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** The same distinctions with other values; intervals that become equal are joined. */
export function mapValues<A, B>(diagram: Diagram<A>, change: (value: A) => B): Diagram<B> {
  if (diagram.kind === "leaf") return leaf(change(diagram.value));
  const builder = startBranch<B>(diagram.level);
  diagram.children.forEach((child, index) => {
    addChild(builder, diagram.starts[index] ?? 0, mapValues(child, change));
  });
  return finishBranch(builder);
}

/** True inside the intervals (ascending, apart from each other) and false outside; `least` begins the coordinate. */
export function within(level: Level, least: Bound, intervals: readonly Interval[]): Diagram<boolean> {
  const builder = startBranch<boolean>(level);
  addChild(builder, least, NO);
  for (const { start, end } of intervals) {
    addChild(builder, start, YES);
    if (end !== undefined) addChild(builder, end, NO);
  }
  return finishBranch(builder);
}

/** The value at one packet, given its coordinate on each level that the diagram distinguishes. */
export function valueAt<T>(diagram: Diagram<T>, coordinate: (level: Level) => Bound): T {
  let at = diagram;
  while (at.kind === "branch") at = childFor(at, coordinate(at.level));
  return at.value;
}

/** What remains to be distinguished once one coordinate is known. */
export function restrict<T>(diagram: Diagram<T>, level: Level, value: Bound): Diagram<T> {
  if (diagram.kind === "leaf" || diagram.level > level) return diagram;
  if (diagram.level === level) return childFor(diagram, value);
  const builder = startBranch<T>(diagram.level);
  diagram.children.forEach((child, index) => {
    addChild(builder, diagram.starts[index] ?? 0, restrict(child, level, value));
  });
  return finishBranch(builder);
}

/** True when the two are the same function. */
export function sameDiagram<T>(a: Diagram<T>, b: Diagram<T>): boolean {
  if (a === b) return true;
  if (a.kind === "leaf" || b.kind === "leaf")
    return a.kind === "leaf" && b.kind === "leaf" && Object.is(a.value, b.value);
  if (a.level !== b.level || a.starts.length !== b.starts.length) return false;
  return a.starts.every((start, index) => {
    const [x, y] = [a.children[index], b.children[index]];
    return start === b.starts[index] && x !== undefined && y !== undefined && sameDiagram(x, y);
  });
}

/** The branch at this level, or the whole diagram as its one interval. */
export function cutsAt<T>(diagram: Diagram<T>, level: Level): Pick<Branch<T>, "starts" | "children"> {
  return diagram.kind === "branch" && diagram.level === level ? diagram : { starts: [], children: [diagram] };
}

/** Every value that occurs, in the order of the intervals, repeated where it occurs again. */
export function leafValues<T>(diagram: Diagram<T>): readonly T[] {
  return diagram.kind === "leaf" ? [diagram.value] : diagram.children.flatMap(leafValues);
}

export const YES: Leaf<boolean> = leaf(true);
export const NO: Leaf<boolean> = leaf(false);

type Builder<T> = { readonly level: Level; readonly starts: Bound[]; readonly children: Diagram<T>[] };

function startBranch<T>(level: Level): Builder<T> {
  return { level, starts: [], children: [] };
}

/** Appends an interval: joined to the one before when they lead to the same, in place of it when that was empty. */
function addChild<T>(builder: Builder<T>, start: Bound, child: Diagram<T>): void {
  const { starts, children } = builder;
  if (starts.length > 0 && starts.at(-1) === start) {
    starts.pop();
    children.pop();
  }
  const last = children.at(-1);
  if (last !== undefined && sameDiagram(last, child)) return;
  starts.push(start);
  children.push(child);
}

function finishBranch<T>({ level, starts, children }: Builder<T>): Diagram<T> {
  const [only] = children;
  return children.length === 1 && only !== undefined ? only : { kind: "branch", level, starts, children };
}

function levelOf(diagram: Diagram<unknown>): number {
  return diagram.kind === "leaf" ? BELOW_ALL_LEVELS : diagram.level;
}

function childAt<T>(part: Pick<Branch<T>, "children">, index: number): Diagram<T> {
  const child = part.children[index];
  if (child === undefined) throw new Error("a branch without children");
  return child;
}

function childFor<T>(branch: Branch<T>, value: Bound): Diagram<T> {
  let low = 0;
  let high = branch.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((branch.starts[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return childAt(branch, low);
}
