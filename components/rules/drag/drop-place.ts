import type { Position } from "#policy/rule.ts";

/** A row as it lies on the screen. */
export type RowBox = { readonly position: Position; readonly top: number; readonly bottom: number };

/** Where a dragged rule would land: shown as one line, rows do not swap. */
export type DropPlace = {
  /** The position the rule would have. */
  readonly target: Position;
  /** Where the line stands on the screen. */
  readonly y: number;
};

/** How far from the list, in pixels, a rule may be released and still move. */
export const REACH = 48;

/** The gap nearest to the pointer, as the position the dragged rule would take; none when the pointer is far away. */
export function dropPlace(rows: readonly RowBox[], from: Position, y: number): DropPlace | undefined {
  const gaps = rows.flatMap(({ position, top, bottom }) => [
    { before: position - 1, y: top },
    { before: position, y: bottom },
  ]);
  let nearest: (typeof gaps)[number] | undefined;
  for (const gap of gaps) {
    if (nearest === undefined || Math.abs(gap.y - y) < Math.abs(nearest.y - y)) nearest = gap;
  }
  if (nearest === undefined || Math.abs(nearest.y - y) > REACH) return undefined;
  // A gap is counted in rules before it; taking the dragged rule out moves the gaps behind it up by one.
  return { target: nearest.before >= from ? nearest.before : nearest.before + 1, y: nearest.y };
}
