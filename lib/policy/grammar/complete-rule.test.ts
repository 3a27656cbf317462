import fc from "fast-check";
import { expect, it } from "vitest";
import { completeRule } from "#policy/grammar/complete-rule.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const known = { tags: ["APP", "APP_7890", "DB"], ports: ["80", "443", "8080"] };

it.each([
  ["", ["allow", "deny", "log"]],
  ["a", ["allow"]],
  ["deny t", ["deny tcp", "deny type", "deny to"]],
  ["allow tcp f", ["allow tcp from"]],
  ["allow tcp from ta", ["allow tcp from tag"]],
  ["allow tcp from tag AP", ["allow tcp from tag APP", "allow tcp from tag APP_7890"]],
  ["allow tcp from not tag ", ["APP", "APP_7890", "DB"].map((tag) => `allow tcp from not tag ${tag}`)],
  ["allow tcp from tag APP to p", ["allow tcp from tag APP to ports"]],
  ["allow tcp to ports 8", ["allow tcp to ports 80", "allow tcp to ports 8080"]],
  ["allow tcp to ports 443,8", ["allow tcp to ports 443,80", "allow tcp to ports 443,8080"]],
  ["allow tcp to ports 80 p", ["allow tcp to ports 80 prefix"]],
  ["permit t", []],
  ["allow tcp from tag APP from ", []],
  ["allow \u202e", []],
])("P16 %j may go on as %j", (text, wanted) => {
  expect(completeRule(text, known)).toEqual(wanted);
});

it("P16 a whole rule cut at a blank can always go on", PROPERTY_TIMEOUT, () => {
  fc.assert(
    fc.property(arbitraryStrictRule(), fc.nat(), (rule, seed) => {
      const words = formatRule(rule).split(" ");
      const at = seed % words.length;
      const before = words
        .slice(0, at)
        .map((word) => `${word} `)
        .join("");
      const offered = completeRule(before, known);
      const isKeyword = ["from", "to", "tag", "ports", "cidr", "allow", "deny", "log"].includes(words[at] ?? "");
      const isName = ["tag", "prefix", "ports", "cidr", "type", "code"].includes(words[at - 1] ?? "");
      if (isKeyword && !isName && parseRule(words.join(" ")).ok) {
        expect(offered.some((text) => text.startsWith(`${before}${words[at]}`))).toBe(true);
      }
    }),
    runCount(200),
  );
});
