import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { type ChangedList, mergeList } from "#policy/merge/merge-list.ts";
import { type ChangedProfile, mergeProfiles } from "#policy/merge/merge-profiles.ts";
import type { MergeChoice } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import { rulesOf, trackedOrigins } from "#policy/merge/rule-origins.ts";
import type { Profile } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { arbitraryProfile } from "#testing/arbitraries.ts";
import { arbitraryEdit } from "#testing/arbitrary-edit.ts";
import { portOf, portProfile, portRule } from "#testing/port-profile.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/** Few numbers, so that both people often meet at one rule. */
const port = fc.integer({ min: 1, max: 12 });
const ports = fc.uniqueArray(port, { maxLength: 7 });
const position = fc.integer({ min: 1, max: 8 });
const direction = fc.constant("inbound" as const);
const rule = port.map(portRule);
const portEdit: fc.Arbitrary<ProfileEdit> = fc.oneof(
  fc.record({ kind: fc.constant("insert-rule" as const), direction, rule, at: position }),
  fc.record({ kind: fc.constant("remove-rule" as const), direction, at: position }),
  fc.record({ kind: fc.constant("replace-rule" as const), direction, at: position, rule }),
  fc.record({ kind: fc.constant("move-rule" as const), direction, from: position, to: position }),
);
const portEdits = fc.array(portEdit, { maxLength: 6 });
const anyEdits = fc.array(arbitraryEdit(), { maxLength: 6 });
const choice = fc.constantFrom<MergeChoice>({ kind: "theirs" }, { kind: "yours" }, { kind: "both" });

function edited(base: Profile, edits: readonly ProfileEdit[]): Required<ChangedProfile> {
  const made: ProfileEdit[] = [];
  let profile = base;
  for (const edit of edits) {
    const next = applyEdit(profile, edit);
    if (!next.ok) continue;
    profile = next.value;
    made.push(edit);
  }
  return { profile, origins: trackedOrigins(base, made) };
}

function bytes({ tags, rules }: Profile): string {
  return JSON.stringify([tags, rules.kind === "valid" ? formatRulesValue(rules.value) : rules]);
}

function counts(rules: readonly Rule[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const each of rules) found.set(canonicalKey(each), (found.get(canonicalKey(each)) ?? 0) + 1);
  return found;
}

describe("a merge", PROPERTY_TIMEOUT, () => {
  it("P73 is the other's work, byte for byte, when one side did nothing", () => {
    fc.assert(
      fc.property(arbitraryProfile(), anyEdits, (base, edits) => {
        const changed = edited(base, edits);
        const same = { profile: base };
        for (const merged of [mergeProfiles(base, same, changed), mergeProfiles(base, changed, same)]) {
          expect(merged.conflicts).toEqual([]);
          expect(bytes(resolveMerge(merged))).toBe(bytes(changed.profile));
        }
      }),
      runCount(500),
    );
  });

  it("P73 rule by rule too, where nothing is taken as a whole", () => {
    fc.assert(
      fc.property(ports, portEdits, (numbers, edits) => {
        const base = portProfile(numbers);
        const { profile, origins } = edited(base, edits);
        const changed: ChangedList = { rules: rulesOf(profile, "inbound"), origins: origins.inbound };
        const before = rulesOf(base, "inbound");
        const same: ChangedList = { rules: before, origins: before.map((_, index) => index) };
        for (const merged of [mergeList(before, same, changed), mergeList(before, changed, same)]) {
          expect(merged.theirs).toEqual(merged.yours);
          const rules = merged.yours.map((number) => merged.slots[number]);
          const left = rules.filter((slot) => slot?.kind === "rule").map((slot) => slot.rule);
          // A rule that was moved or changed by one and left alone by the other is no conflict.
          expect(left.map(portOf)).toEqual(changed.rules.map(portOf));
        }
      }),
      runCount(4_000),
    );
  });

  it("P74 never drops or doubles a rule, whatever both did and however it ends", () => {
    fc.assert(
      fc.property(
        fc.tuple(ports, fc.boolean()),
        fc.tuple(portEdits, portEdits),
        choice,
        ([numbers, isTracked], both, end) => {
          const base = portProfile(numbers);
          const [theirs, yours] = [edited(base, both[0]), edited(base, both[1])];
          const merged = mergeProfiles(
            base,
            { profile: theirs.profile },
            isTracked ? yours : { profile: yours.profile },
          );
          const rules = rulesOf(resolveMerge(merged, new Map(merged.conflicts.map(({ id }) => [id, end]))), "inbound");
          const [was, other, mine] = [base, theirs.profile, yours.profile].map((each) =>
            counts(rulesOf(each, "inbound")),
          );
          if (!was || !other || !mine) throw new Error("three lists");
          const found = counts(rules);
          const inConflict = new Set(
            merged.conflicts.flatMap((conflict) =>
              conflict.kind === "rule"
                ? [conflict.theirs, conflict.yours, conflict.base].flatMap((each) => (each ? [canonicalKey(each)] : []))
                : [],
            ),
          );
          for (const [key, count] of found) {
            expect(count, "nothing is doubled or made up").toBeLessThanOrEqual(
              Math.max(other.get(key) ?? 0, mine.get(key) ?? 0),
            );
          }
          for (const key of new Set([...other.keys(), ...mine.keys()])) {
            const [before, left, right] = [was.get(key) ?? 0, other.get(key) ?? 0, mine.get(key) ?? 0];
            const isWanted = (left > 0 && right > 0) || left > before || right > before;
            if (isWanted && !inConflict.has(key)) expect(found.get(key) ?? 0, "nothing is dropped").toBeGreaterThan(0);
          }
        },
      ),
      runCount(6_000),
    );
  });

  it("P75 does not depend on who is who", () => {
    fc.assert(
      fc.property(ports, fc.tuple(portEdits, portEdits), (numbers, [one, other]) => {
        const base = portProfile(numbers);
        const [a, b] = [edited(base, one), edited(base, other)];
        const [ab, ba] = [mergeProfiles(base, a, b), mergeProfiles(base, b, a)];
        expect(ab.conflicts.map(({ id }) => id).toSorted()).toEqual(ba.conflicts.map(({ id }) => id).toSorted());
        const end = (merged: typeof ab, kind: "theirs" | "yours") =>
          bytes(resolveMerge(merged, new Map(merged.conflicts.map(({ id }) => [id, { kind }]))));
        expect(end(ab, "yours")).toBe(end(ba, "theirs"));
        expect(end(ab, "theirs")).toBe(end(ba, "yours"));
      }),
      runCount(3_000),
    );
  });

  it("P76 gives what can be stored and read back, for any rules", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.tuple(anyEdits, anyEdits), choice, (base, [one, other], end) => {
        const merged = mergeProfiles(base, edited(base, one), edited(base, other));
        const { rules } = resolveMerge(merged, new Map(merged.conflicts.map(({ id }) => [id, end])));
        if (rules.kind !== "valid") return expect(rules.kind).toBe("missing");
        expect(parseRulesValue(formatRulesValue(rules.value)).kind).toBe("valid");
      }),
      runCount(500),
    );
  });
});
