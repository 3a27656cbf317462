import { expect, test } from "vitest";
import { formatRulePlace, parseRulePlace, ruleHref } from "./rule-href.ts";

test("a link to a rule is read back as the same rule", () => {
  for (const place of [
    { direction: "inbound", position: 1 },
    { direction: "outbound", position: 200 },
  ] as const) {
    expect(parseRulePlace(formatRulePlace(place))).toEqual(place);
    const { searchParams } = new URL(ruleHref("A.B", place.direction, place.position), "http://board");
    expect(parseRulePlace(searchParams.get("rule"))).toEqual(place);
  }
});

test.each([null, "", "inbound", "inbound-0", "inbound--1", "sideways-1", "inbound-1x", "inbound-99999999"])(
  "%s names no rule",
  (text) => {
    expect(parseRulePlace(text)).toBeUndefined();
  },
);
