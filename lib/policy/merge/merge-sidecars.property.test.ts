import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { mergeProfiles } from "#policy/merge/merge-profiles.ts";
import type { MergeChoice } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import { rulesOf } from "#policy/merge/rule-origins.ts";
import type { Profile } from "#policy/profile.ts";
import { commentsOf, EMPTY_SIDECAR, isEmptySidecar } from "#policy/sidecar/sidecar.ts";
import { formatSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { arbitraryBesideEdit } from "#testing/arbitrary-edit.ts";
import { portProfile, portRule } from "#testing/port-profile.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const port = fc.integer({ min: 1, max: 9 });
const position = fc.integer({ min: 1, max: 7 });
const direction = fc.constant("inbound" as const);
const rule = port.map(portRule);
const listEdit: fc.Arbitrary<ProfileEdit> = fc.oneof(
  fc.record({ kind: fc.constant("insert-rule" as const), direction, rule, at: position }),
  fc.record({ kind: fc.constant("remove-rule" as const), direction, at: position }),
  fc.record({ kind: fc.constant("move-rule" as const), direction, from: position, to: position }),
);
const edits = fc.array(fc.oneof(listEdit, arbitraryBesideEdit(rule)), { maxLength: 6 });
const base = fc
  .tuple(fc.uniqueArray(port, { minLength: 1, maxLength: 6 }), edits)
  .map(([ports, before]) => edited(portProfile(ports), before, "base"));

/** The edits that can be made; every comment says whose it is. */
function edited(start: Profile, wanted: readonly ProfileEdit[], whose: string): Profile {
  return wanted.reduce((profile, edit, index) => {
    const isComment = edit.kind === "comment-rule" || edit.kind === "comment-parked";
    const own = isComment && edit.text !== "" ? { ...edit, text: `${whose}-${index};` } : edit;
    const next = applyEdit(profile, own);
    return next.ok ? next.value : profile;
  }, start);
}

function sidecarOf({ sidecar }: Profile) {
  return (sidecar?.kind === "valid" ? sidecar.value : EMPTY_SIDECAR).inbound;
}

function sidecarText({ sidecar }: Profile): string {
  return sidecar?.kind === "valid" && !isEmptySidecar(sidecar.value) ? formatSidecarValue(sidecar.value) : "";
}

/** What is said of each rule, in the list or parked. */
function words(profile: Profile): ReadonlyMap<string, string | undefined> {
  const [rules, list] = [rulesOf(profile, "inbound"), sidecarOf(profile)];
  const comments = commentsOf(rules, list);
  return new Map([
    ...list.parked.map((parked) => [canonicalKey(parked.rule), parked.comment] as const),
    ...rules.map((each, index) => [canonicalKey(each), comments[index]] as const),
  ]);
}

function parkedAndListed(profile: Profile): readonly string[] {
  const listed = new Set(rulesOf(profile, "inbound").map(canonicalKey));
  const parked = sidecarOf(profile).parked.map((one) => canonicalKey(one.rule));
  return parked.filter((key) => listed.has(key));
}

describe("what two people keep beside one list", PROPERTY_TIMEOUT, () => {
  it("P77 is the other's when one side did nothing", () => {
    fc.assert(
      fc.property(base, edits, (start, made) => {
        const changed = edited(start, made, "made");
        const [same, other] = [{ profile: start }, { profile: changed }];
        for (const merged of [mergeProfiles(start, same, other), mergeProfiles(start, other, same)]) {
          expect(sidecarText(resolveMerge(merged))).toBe(sidecarText(changed));
        }
      }),
      runCount(300),
    );
  });

  it("P77 keeps every word about a rule that is still there, and no rule both parked and listed", () => {
    const end = fc.constantFrom<MergeChoice>({ kind: "theirs" }, { kind: "yours" });
    fc.assert(
      fc.property(base, fc.tuple(edits, edits), end, (start, [one, two], choice) => {
        const [theirs, yours] = [edited(start, one, "theirs"), edited(start, two, "yours")];
        const merge = mergeProfiles(start, { profile: theirs }, { profile: yours });
        const merged = resolveMerge(merge, new Map(merge.conflicts.map(({ id }) => [id, choice])));
        const said = words(merged);
        const before = words(start);
        for (const side of [theirs, yours]) {
          for (const [key, text] of words(side)) {
            if (text === undefined || text === before.get(key) || !said.has(key)) continue;
            expect(said.get(key) ?? "", `${key} in ${sidecarText(merged)}`).toContain(text);
          }
        }
        // Whoever parks a rule may write it anew: then it is meant to be both.
        const wasBoth = new Set([start, theirs, yours].flatMap(parkedAndListed));
        const listed = new Set(rulesOf(merged, "inbound").map(canonicalKey));
        for (const parked of sidecarOf(merged).parked) {
          const key = canonicalKey(parked.rule);
          if (!wasBoth.has(key)) expect(listed.has(key), key).toBe(false);
        }
      }),
      runCount(1_000),
    );
  });
});
