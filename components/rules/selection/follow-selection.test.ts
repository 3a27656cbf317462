import { expect, test } from "vitest";
import type { ProfileRules } from "#policy/profile.ts";
import { portProfile } from "#testing/port-profile.ts";
import { followSelection } from "./follow-selection.ts";
import type { RuleSelection } from "./rule-selection.ts";

function rules(...ports: readonly number[]): ProfileRules {
  const { rules: leaf } = portProfile(ports);
  if (leaf.kind !== "valid") throw new Error("rules of ports are valid");
  return leaf.value;
}

const chosen = (...positions: readonly number[]): RuleSelection => ({
  kind: "rules",
  direction: "inbound",
  positions,
  anchor: positions[0] ?? 1,
});

test.each([
  { case: "someone adds a rule above", before: [1, 2, 3], after: [9, 1, 2, 3], at: [2, 3], left: [3, 4] },
  { case: "a chosen rule moves past another", before: [1, 2, 3], after: [2, 3, 1], at: [1, 2], left: [1, 3] },
  { case: "one of two chosen rules is removed", before: [1, 2, 3], after: [1, 3], at: [2, 3], left: [2] },
  { case: "a chosen rule is changed in its place", before: [1, 2, 3], after: [1, 22, 3], at: [2], left: [2] },
])("$case: the same rules stay chosen", ({ before, after, at, left }) => {
  expect(followSelection(chosen(...at), rules(...before), rules(...after))).toMatchObject({ positions: left });
});

test("nothing is chosen when the chosen rule is gone, and another list changes nothing", () => {
  expect(followSelection(chosen(2), rules(1, 2), rules(1))).toBeUndefined();
  const outbound: RuleSelection = { kind: "rules", direction: "outbound", positions: [1], anchor: 1 };
  const before = rules(1, 2);
  expect(followSelection(outbound, before, { ...rules(9), outbound: before.outbound })).toBe(outbound);
});
