import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptChanges, changeNames } from "#policy/import/accept-changes.ts";
import { ruleChanges } from "#policy/import/rule-changes.ts";
import type { Rule } from "#policy/rule.ts";
import { arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/** Rules that differ in a port or a tag only: one may have become the other by an edit. */
const alike = fc
  .tuple(fc.integer({ min: 80, max: 83 }), fc.constantFrom("A", "B"))
  .map(([port, tag]) => ({ action: "allow", protocol: "tcp", dst_ports: [port], src_tag: tag }) as unknown as Rule);

/** Two lists that share rules, in any order: few rules, so that the same one stands in both and more than once. */
const lists = fc.array(fc.oneof(arbitraryStrictRule(), alike), { minLength: 1, maxLength: 6 }).chain((pool) => {
  const list = fc.array(fc.oneof(fc.constantFrom(...pool), alike), { maxLength: 8 });
  return fc.tuple(list, list);
});

const texts = (rules: readonly Rule[]) => rules.map((rule) => JSON.stringify(rule));

describe("changes with a say for each", PROPERTY_TIMEOUT, () => {
  it("all taken give the list after, all declined the list before", () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const changes = ruleChanges(before, after);
        expect(texts(acceptChanges(changes, () => false))).toEqual(texts(after));
        expect(texts(acceptChanges(changes, () => true))).toEqual(texts(before));
      }),
      runCount(300),
    );
  });

  it("some declined never drop or double a rule", () => {
    fc.assert(
      fc.property(lists, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), ([before, after], says) => {
        const changes = ruleChanges(before, after);
        const list = acceptChanges(changes, (_, index) => says[index] ?? false);
        const wanted = changes.flatMap((change, index) => {
          const isDeclined = change.kind !== "kept" && says[index] === true;
          if (change.kind === "added") return isDeclined ? [] : [change.rule];
          if (change.kind === "removed") return isDeclined ? [change.rule] : [];
          return [change.kind === "edited" && isDeclined ? change.before : change.rule];
        });
        expect(texts(list).sort()).toEqual(texts(wanted).sort());
      }),
      runCount(300),
    );
  });

  it("have names of their own", () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const names = changeNames(ruleChanges(before, after));
        expect(new Set(names).size).toBe(names.length);
      }),
      runCount(100),
    );
  });
});
