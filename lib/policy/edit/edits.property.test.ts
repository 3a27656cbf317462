import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalRules } from "#policy/canonical-rule.ts";
import { applyEdit, applyEdits } from "#policy/edit/apply-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { arbitraryProfile, arbitraryRule } from "#testing/arbitraries.ts";
import { arbitraryEdit } from "#testing/arbitrary-edit.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const anyEdit = arbitraryEdit();

function listOf(profile: Profile, side: "inbound" | "outbound"): readonly Rule[] {
  return profile.rules.kind === "valid" ? profile.rules.value[side] : [];
}

function texts(rules: readonly Rule[]): readonly string[] {
  return rules.map((rule) => JSON.stringify(rule));
}

function storedText({ rules }: Profile): string {
  return rules.kind === "valid" ? formatRulesValue(rules.value) : rules.kind;
}

describe("edits", PROPERTY_TIMEOUT, () => {
  it("P43 a refused edit changes nothing, an applied one leaves the rest byte for byte", () => {
    fc.assert(
      fc.property(arbitraryProfile(), anyEdit, (profile, edit) => {
        const before = JSON.stringify(profile);
        const edited = applyEdit(profile, edit);
        expect(JSON.stringify(profile)).toBe(before);
        if (!edited.ok) return;
        const isTags = "tag" in edit || "tags" in edit;
        if (isTags) expect(edited.value.rules).toBe(profile.rules);
        else expect(edited.value.tags).toBe(profile.tags);
        const other = "direction" in edit && edit.direction === "inbound" ? "outbound" : "inbound";
        if (!isTags) expect(listOf(edited.value, other)).toBe(listOf(profile, other));
      }),
      runCount(150),
    );
  });

  it("P40 inserting and then removing at the same position is the identity", () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryRule(), fc.nat(), (profile, rule, seed) => {
        const rules = listOf(profile, "inbound");
        fc.pre(!rules.some((one) => equalRules(one, rule)));
        const at = (seed % (rules.length + 1)) + 1;
        const edited = applyEdits(profile, [
          { kind: "insert-rule", direction: "inbound", rule, at },
          { kind: "remove-rule", direction: "inbound", at },
        ]);
        expect(edited.ok && storedText(edited.value)).toBe(storedText(profile));
      }),
      runCount(150),
    );
  });

  it("P44 a move keeps every rule, puts the one moved where it was to go, and moving it back undoes it", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.nat(), fc.nat(), (profile, one, other) => {
        const rules = listOf(profile, "outbound");
        fc.pre(rules.length > 0);
        const [from, to] = [(one % rules.length) + 1, (other % rules.length) + 1];
        const moved = applyEdit(profile, { kind: "move-rule", direction: "outbound", from, to });
        if (!moved.ok) throw new Error("both positions exist");
        const after = listOf(moved.value, "outbound");
        expect([...texts(after)].sort()).toEqual([...texts(rules)].sort());
        expect(after[to - 1]).toBe(rules[from - 1]);
        const back = applyEdit(moved.value, { kind: "move-rule", direction: "outbound", from: to, to: from });
        expect(back.ok && texts(listOf(back.value, "outbound"))).toEqual(texts(rules));
      }),
      runCount(150),
    );
  });

  it("P48 an edit that came through JSON is the same edit", () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        const parsed = parseProfileEdit(JSON.parse(JSON.stringify(edit)));
        if (parsed.ok) expect(parsed.value).toEqual(edit);
        else expect(parsed.error.every(({ path }) => path[0] === "rule")).toBe(true);
      }),
      runCount(150),
    );
  });

  it("P48 any value is accepted or refused", () => {
    const keys = fc.constantFrom("kind", "direction", "rule", "at", "from", "to", "inbound", "outbound", "tag", "tags");
    const kinds = fc.constantFrom("insert-rule", "move-rule", "replace-rules", "add-tag", "replace-tags", "x");
    const anyValue = fc.tuple(kinds, fc.dictionary(keys, fc.anything())).map(([kind, fields]) => ({ ...fields, kind }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), anyValue), (value) => {
        const parsed = parseProfileEdit(value);
        if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(0);
      }),
      runCount(500),
    );
  });
});

describe("differences", PROPERTY_TIMEOUT, () => {
  it("P47 applied to the profile before they give the profile after", () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryProfile(), (before, after) => {
        const edited = applyEdits(before, diffProfiles(before, after));
        expect(edited.ok && { ...edited.value, id: after.id }).toEqual(after);
      }),
      runCount(150),
    );
  });

  it("P47 after any edits the difference leads there too, in no more steps", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.array(anyEdit, { maxLength: 6 }), (before, edits) => {
        const applied = edits.reduce<{ readonly profile: Profile; readonly count: number }>(
          (state, edit) => {
            const next = applyEdit(state.profile, edit);
            return next.ok ? { profile: next.value, count: state.count + 1 } : state;
          },
          { profile: before, count: 0 },
        );
        const found = diffProfiles(before, applied.profile);
        const reached = applyEdits(before, found);
        expect(reached.ok && reached.value).toEqual(applied.profile);
        const isRuleEdit = (edit: ProfileEdit) => !("tag" in edit || "tags" in edit);
        const made = edits.filter(isRuleEdit).length;
        if (!hasRepeats(before) && !hasRepeats(applied.profile)) {
          expect(found.filter(isRuleEdit).length).toBeLessThanOrEqual(made);
        }
      }),
      runCount(150),
    );
  });

  it("P47 there is none between equal profiles", () => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        expect(diffProfiles(profile, profile)).toEqual([]);
      }),
      runCount(100),
    );
  });
});

/** Equal rules in one list: then it is open which of them stayed. */
function hasRepeats(profile: Profile): boolean {
  return (["inbound", "outbound"] as const).some((side) => {
    const rules = listOf(profile, side);
    return rules.some((rule, index) => rules.slice(0, index).some((one) => equalRules(one, rule)));
  });
}
