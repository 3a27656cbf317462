import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalKey, equalRules } from "#policy/canonical-rule.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseAnyRule, parseRule } from "#policy/grammar/parse-rule.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { arbitraryRule, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const WORDS = [
  ..."allow deny log next-tier ipv4 ipv6 tcp udp icmp icmpv6 sctp 6 47 999 not type code 8 255 from to ports".split(
    " ",
  ),
  ..."80 80,443 1:2 7-9 80, :1 tag A a!b cidr 10/8 10.0.0.1 fd00::/8 nonsense/9 prefix X".split(" "),
];
const anyWords = fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string()), { maxLength: 14 });

describe("words and rules", PROPERTY_TIMEOUT, () => {
  it("P20 what is printed for any valid rule is read back as an equal rule", () => {
    fc.assert(
      fc.property(arbitraryRule(), (rule) => {
        const read = parseAnyRule(formatRule(rule));
        expect(read.ok ? canonicalKey(read.value) : read.error).toBe(canonicalKey(rule));
      }),
      runCount(500),
    );
  });

  it("P20 what our doors accept is read back at the door, next-tier excepted", () => {
    fc.assert(
      fc.property(arbitraryStrictRule(), (rule) => {
        const read = parseRule(formatRule(rule));
        if (rule.action === "next-tier") expect(read.ok).toBe(false);
        else expect(read.ok && equalRules(read.value, rule)).toBe(true);
      }),
      runCount(500),
    );
  });

  it("P20 printing what was read prints the same again", () => {
    fc.assert(
      fc.property(arbitraryRule(), (rule) => {
        const text = formatRule(rule);
        const read = parseAnyRule(text);
        expect(read.ok && formatRule(read.value)).toBe(text);
      }),
      runCount(500),
    );
  });

  it("P19 any text is read or refused, and every refusal has a place inside the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: "binary" }),
          anyWords.map((words) => words.join(" ")),
        ),
        (text) => {
          for (const read of [parseRule(text), parseAnyRule(text)]) {
            if (!read.ok) expect(read.error.length).toBeGreaterThan(0);
            for (const { at } of read.ok ? [] : read.error) {
              expect(at).toBeDefined();
              expect((at?.offset ?? -1) >= 0 && (at?.offset ?? 0) + (at?.length ?? 0) <= text.length).toBe(true);
            }
          }
        },
      ),
      runCount(500),
    );
  });

  it("P19 words that come apart are read as the same words in one text", () => {
    fc.assert(
      fc.property(
        anyWords.map((words) => words.filter((word) => /^\S+$/.test(word))),
        (words) => {
          expect(parseRule(words)).toEqual(parseRule(words.join(" ")));
        },
      ),
    );
  });

  it("P18 whatever parseRule stores is valid, and strict is a part of lenient", () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const read = parseRule(words);
        if (!read.ok) return;
        expect(parseStoredRule(read.value).ok).toBe(true);
        expect(parseAnyRule(words)).toEqual(read);
      }),
      runCount(500),
    );
  });

  it("P21 anything at all can be printed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.dictionary(fc.string(), fc.anything())), (value) => {
        const text = formatRule(value);
        expect(text).not.toMatch(/[^ -~]/);
      }),
      runCount(500),
    );
  });
});
