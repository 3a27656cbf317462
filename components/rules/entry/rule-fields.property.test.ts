import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalKey, canonicalRule } from "#policy/canonical-rule.ts";
import { parseAnyRule, parseRule } from "#policy/grammar/parse-rule.ts";
import { arbitraryRule, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";
import { fieldsOfRule, ruleTextOf } from "./rule-fields.ts";

test(
  "the form has a field for everything a rule can say: filled from a rule it writes an equal one",
  PROPERTY_TIMEOUT,
  () => {
    fc.assert(
      fc.property(arbitraryStrictRule(), (rule) => {
        const read = (canonicalRule(rule).action === "next-tier" ? parseAnyRule : parseRule)(
          ruleTextOf(fieldsOfRule(rule)),
        );
        expect(read.ok && canonicalKey(read.value)).toBe(canonicalKey(rule));
      }),
      runCount(500),
    );
  },
);

test("writing the form and reading it back is the identity for whatever others stored", PROPERTY_TIMEOUT, () => {
  fc.assert(
    fc.property(arbitraryRule(), (rule) => {
      const read = parseAnyRule(ruleTextOf(fieldsOfRule(rule)));
      if (read.ok) expect(canonicalKey(read.value)).toBe(canonicalKey(rule));
    }),
    runCount(300),
  );
});
