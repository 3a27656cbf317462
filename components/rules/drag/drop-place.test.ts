import { expect, test } from "vitest";
import { dropPlace } from "./drop-place.ts";

const rows = [1, 2, 3, 4].map((position) => ({ position, top: position * 20, bottom: position * 20 + 20 }));

test.each([
  { from: 1, y: 19, target: 1, why: "above itself" },
  { from: 1, y: 41, target: 1, why: "below itself" },
  { from: 1, y: 62, target: 2, why: "behind the second" },
  { from: 1, y: 105, target: 4, why: "at the end" },
  { from: 4, y: 18, target: 1, why: "in front of all" },
  { from: 3, y: 40, target: 2, why: "in front of the second" },
])("rule $from let go $why stands at $target", ({ from, y, target }) => {
  expect(dropPlace(rows, from, y)?.target).toBe(target);
});

test("far above or below the list nothing moves", () => {
  expect(dropPlace(rows, 1, -40)).toBeUndefined();
  expect(dropPlace(rows, 1, 160)).toBeUndefined();
  expect(dropPlace([], 1, 0)).toBeUndefined();
});
