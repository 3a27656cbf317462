import { expect, test } from "vitest";
import { picked, pickedIn, type RuleSelection } from "./rule-selection.ts";

const at = (position: number) => ({ direction: "inbound" as const, position });

function positions(...picks: readonly (readonly [number, "one" | "toggle" | "range"])[]): readonly number[] {
  let selection: RuleSelection | undefined;
  for (const [position, how] of picks) selection = picked(selection, at(position), how);
  return pickedIn(selection, "inbound", 9);
}

test("one, some and a range are chosen, a range from where it began", () => {
  expect(positions([3, "one"])).toEqual([3]);
  expect(positions([3, "one"], [6, "range"])).toEqual([3, 4, 5, 6]);
  expect(positions([3, "one"], [6, "range"], [1, "range"])).toEqual([1, 2, 3]);
  expect(positions([3, "one"], [6, "toggle"], [1, "toggle"])).toEqual([1, 3, 6]);
  expect(positions([3, "one"], [6, "toggle"], [3, "toggle"])).toEqual([6]);
  expect(positions([3, "one"], [3, "toggle"])).toEqual([]);
});

test("a choice in the other list begins anew, and what is gone is not chosen", () => {
  const inbound = picked(undefined, at(3), "one");
  const outbound = picked(inbound, { direction: "outbound", position: 2 }, "range");
  expect(pickedIn(outbound, "inbound", 9)).toEqual([]);
  expect(pickedIn(outbound, "outbound", 9)).toEqual([2]);
  expect(pickedIn(inbound, "inbound", 2)).toEqual([]);
});
