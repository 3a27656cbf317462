import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Direction, Position } from "#policy/rule.ts";

/** Selected rules of one list, in order. */
export type Block = { readonly direction: Direction; readonly positions: readonly Position[]; readonly count: number };

type Move = Extract<ProfileEdit, { kind: "move-rule" }>;

/** The moves that bring a block together behind `ahead` other rules, its order kept; one move per rule that has to go. */
export function moveBlock({ direction, positions, count }: Block, ahead: number): readonly Move[] {
  const behind = Math.min(Math.max(ahead, 0), count - positions.length);
  const places = positions.map((from, index) => ({ from, to: behind + index + 1 }));
  const down = places.filter(({ from, to }) => from < to).reverse();
  const up = places.filter(({ from, to }) => from > to);
  // Those that go down leave from below upwards, so that those that wait keep their places; then the others.
  return [...down, ...up].map(({ from, to }) => ({ kind: "move-rule", direction, from, to }));
}

/** How many other rules stand before the first one of a block. */
export function aheadOf({ positions }: Block): number {
  return (positions[0] ?? 1) - 1;
}

/** How many other rules stand before a block that is let go where the one rule in the hand would stand at `to`. */
export function aheadAt({ positions }: Block, from: Position, to: Position): number {
  const others = positions.filter((position) => position !== from);
  const before = others.filter((position) => (position < from ? position : position - 1) < to).length;
  return to - 1 - before;
}

/** Where the rules of a moved block stand afterwards. */
export function placesOf(block: Block, ahead: number): readonly Position[] {
  const behind = Math.min(Math.max(ahead, 0), block.count - block.positions.length);
  return block.positions.map((_, index) => behind + index + 1);
}
