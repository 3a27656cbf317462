import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import type { Profile } from "#policy/profile.ts";
import { arbitraryProfile } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";
import { editsOfJson } from "./edits-of-json.ts";

function keys({ rules }: Profile): readonly string[] {
  return rules.kind === "valid"
    ? [...rules.value.inbound.map(canonicalKey), "|", ...rules.value.outbound.map(canonicalKey)]
    : [];
}

test(
  "a profile shown as JSON and read back unchanged is no edit; another one's JSON becomes its rules",
  PROPERTY_TIMEOUT,
  () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryProfile(), (profile, other) => {
        const read = (one: Profile) =>
          one.rules.kind === "valid" ? parseRulesJson(formatRulesJson(one.id, one.rules.value)).rules : undefined;
        const same = read(profile);
        if (same !== undefined) expect(editsOfJson(profile, same)).toEqual([]);
        const wanted = read(other);
        if (wanted === undefined) return;
        const edited = applyEdits(profile, editsOfJson(profile, wanted));
        expect(edited.ok && keys(edited.value)).toEqual(keys(other));
      }),
      runCount(150),
    );
  },
);
