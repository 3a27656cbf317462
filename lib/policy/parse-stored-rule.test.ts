import { describe, expect, it } from "vitest";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import conformance from "#testing/conformance/validate.json" with { type: "json" };

const PARSERS = { profile_rules: parseRulesValue, profile_tags: parseTagsValue } as const;
const cases = conformance.filter((one) => one.key_kind in PARSERS);

describe("stored rules and tags, as the agent accepts them", () => {
  it.each(cases)("P2 $id: $title is $expect", (one) => {
    const parse = PARSERS[one.key_kind as keyof typeof PARSERS];
    expect(parse(JSON.stringify(one.value)).kind).toBe(one.expect);
  });

  it(`P2 every validate case of rules and tags is run: ${cases.length} of ${cases.length}`, () => {
    expect(cases.length).toBeGreaterThan(60);
  });
});
