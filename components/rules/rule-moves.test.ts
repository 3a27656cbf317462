import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { portProfile, portRule, portsOf } from "#testing/port-profile.ts";
import type { RuleListActions } from "./rule-list-context.ts";
import { dropEdits, dropRule, moveRule, type PlacedRule } from "./rule-moves.ts";

/** The ports after a gesture on rules 1 to `count`. */
function after(count: number, gesture: (actions: RuleListActions) => void): readonly number[] {
  const ports = Array.from({ length: count }, (_, index) => index + 1);
  const made: ProfileEdit[] = [];
  const profileId = parseProfileId("X");
  if (!profileId.ok) throw new Error("X is an id");
  gesture({
    profileId: profileId.value,
    density: "page",
    isTabStop: true,
    change: (edits) => made.push(...("kind" in edits ? [edits] : edits)) >= 0,
    openRule: () => undefined,
  });
  const edited = applyEdits(portProfile(ports), made);
  if (!edited.ok) throw new Error(edited.error.error.kind);
  return portsOf(edited.value);
}

function placed(count: number, position: number, block: readonly number[]): PlacedRule {
  return { rule: portRule(position), direction: "inbound", position, count, block };
}

test("a block that is dropped one place away goes there, and a key leads it past the next rule", () => {
  // Rules 1 and 3 are chosen and 1 is in the hand: the line says position 2, in front of rule 3.
  expect(after(4, (actions) => dropRule(actions, placed(4, 1, [1, 3]), 2))).toEqual([2, 1, 3, 4]);
  expect(after(4, (actions) => moveRule(actions, placed(4, 2, [2, 3]), 3))).toEqual([1, 4, 2, 3]);
});

test("a drop does what its line said, whatever is chosen", () => {
  const cases = fc.integer({ min: 1, max: 8 }).chain((count) => {
    const position = fc.integer({ min: 1, max: count });
    return fc.tuple(fc.constant(count), position, position, fc.uniqueArray(position));
  });
  fc.assert(
    fc.property(cases, ([count, from, to, others]) => {
      const block = [...new Set([from, ...others])].sort((a, b) => a - b);
      const rule = placed(count, from, block);
      const told = dropEdits(rule, to);
      expect(after(count, (actions) => dropRule(actions, rule, to))).toEqual(
        after(count, (actions) => void actions.change(told)),
      );
    }),
  );
});
