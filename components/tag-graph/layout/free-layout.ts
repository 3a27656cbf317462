/*
 * Places profiles so that those who reach each other stand near: springs along pairs, repulsion between all.
 * Goal: the same state gives the same picture. So the start is a circle in the order of names, every step is arithmetic
 * alone, and the number of steps is fixed; a layout that does not finish by its deadline is no layout at all, not another.
 */

/** A place and where it stands, in a square of side 1. */
export type FreePlace = { readonly key: string; readonly x: number; readonly y: number };
export type FreeEdge = { readonly from: string; readonly to: string; readonly text: string };
export type FreeLayout = { readonly places: readonly FreePlace[]; readonly edges: readonly FreeEdge[] };

/** More places than this are not readable as a free picture. */
export const MAX_FREE_PLACES = 40;
const STEPS = 300;

type Point = { x: number; y: number };

/** The layout, or nothing when there are too many places or `isLate` says so before it is done. */
export function freeLayout(
  keys: readonly string[],
  edges: readonly FreeEdge[],
  isLate: () => boolean,
): FreeLayout | undefined {
  if (keys.length > MAX_FREE_PLACES) return undefined;
  const points = circle(keys.length);
  const index = new Map(keys.map((key, at) => [key, at]));
  const springs = edges.flatMap(({ from, to }) => {
    const [a, b] = [index.get(from), index.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  for (let step = 0; step < STEPS; step += 1) {
    if (isLate()) return undefined;
    relax(points, springs, 0.1 * (1 - step / STEPS));
  }
  return { places: fitted(keys, points), edges };
}

function circle(count: number): Point[] {
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / Math.max(1, count);
    return { x: 0.5 + 0.4 * Math.cos(angle), y: 0.5 + 0.4 * Math.sin(angle) };
  });
}

/** One step of Fruchterman and Reingold; nothing moves further than `limit`. */
function relax(points: Point[], springs: readonly (readonly [number, number])[], limit: number): void {
  const ideal = Math.sqrt(1 / Math.max(1, points.length));
  const moves = points.map((): Point => ({ x: 0, y: 0 }));
  const push = (a: number, b: number, strength: (distance: number) => number) => {
    const [p, q, m, n] = [points[a], points[b], moves[a], moves[b]];
    if (p === undefined || q === undefined || m === undefined || n === undefined) return;
    const [dx, dy] = [p.x - q.x, p.y - q.y];
    const distance = Math.max(0.001, Math.hypot(dx, dy));
    const force = strength(distance) / distance;
    m.x += dx * force;
    m.y += dy * force;
    n.x -= dx * force;
    n.y -= dy * force;
  };
  for (let a = 0; a < points.length; a += 1) {
    for (let b = a + 1; b < points.length; b += 1) push(a, b, (distance) => ideal ** 2 / distance);
  }
  for (const [a, b] of springs) push(a, b, (distance) => -(distance ** 2) / ideal / 4);
  points.forEach((point, at) => {
    const move = moves[at] ?? { x: 0, y: 0 };
    const length = Math.max(0.001, Math.hypot(move.x, move.y));
    point.x += (move.x / length) * Math.min(length, limit);
    point.y += (move.y / length) * Math.min(length, limit);
  });
}

/** Stretched over the square, rounded so that no last digit differs between machines. */
function fitted(keys: readonly string[], points: readonly Point[]): readonly FreePlace[] {
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = range(points.map(({ x }) => x));
  const [top, bottom] = range(points.map(({ y }) => y));
  const within = (value: number, low: number, high: number) =>
    high - low < 0.001 ? 0.5 : (value - low) / (high - low);
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return keys.map((key, at) => {
    const { x, y } = points[at] ?? { x: 0, y: 0 };
    return { key, x: round(within(x, left, right)), y: round(within(y, top, bottom)) };
  });
}
