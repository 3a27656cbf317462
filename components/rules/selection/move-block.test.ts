import fc from "fast-check";
import { expect, test } from "vitest";
import { aheadAt, aheadOf, moveBlock, placesOf } from "./move-block.ts";

/** The moves done to letters. */
function moved(count: number, positions: readonly number[], ahead: number): readonly number[] {
  const list = Array.from({ length: count }, (_, index) => index + 1);
  for (const { from, to } of moveBlock({ direction: "inbound", positions, count }, ahead)) {
    const [one] = list.splice(from - 1, 1);
    if (one !== undefined) list.splice(to - 1, 0, one);
  }
  return list;
}

const cases = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.tuple(
    fc.constant(count),
    fc.subarray(
      Array.from({ length: count }, (_, index) => index + 1),
      { minLength: 1 },
    ),
    fc.integer({ min: -2, max: 14 }),
  ),
);

test("a block stands together where it was put, in its own order, the others in theirs", () => {
  fc.assert(
    fc.property(cases, ([count, positions, ahead]) => {
      const list = moved(count, positions, ahead);
      const others = Array.from({ length: count }, (_, index) => index + 1).filter((one) => !positions.includes(one));
      const behind = Math.min(Math.max(ahead, 0), others.length);
      expect(list).toEqual([...others.slice(0, behind), ...positions, ...others.slice(behind)]);
      const places = placesOf({ direction: "inbound", positions, count }, ahead);
      expect(places.map((place) => list[place - 1])).toEqual(positions);
      const block = { direction: "inbound", positions, count } as const;
      expect(moveBlock(block, ahead).length).toBeLessThanOrEqual(positions.length);
    }),
  );
});

test("a block that is let go where it lies stays", () => {
  const block = { direction: "inbound", positions: [2, 3, 4], count: 6 } as const;
  expect(aheadOf(block)).toBe(1);
  expect(moveBlock(block, aheadOf(block))).toEqual([]);
  expect(aheadAt(block, 3, 3)).toBe(1);
  expect(aheadAt(block, 2, 6)).toBe(3);
  expect(aheadAt(block, 4, 1)).toBe(0);
});
