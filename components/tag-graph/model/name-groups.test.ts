import fc from "fast-check";
import { expect, it } from "vitest";
import { prefixGroups } from "./name-groups.ts";

const labels = (names: readonly string[], target: number) => prefixGroups(names, target).map(({ label }) => label);

it("names a group by what its members begin with, and leaves a single one alone", () => {
  expect(labels(["WEB-1", "WEB-2", "WEB-3", "DB"], 3)).toEqual(["DB", "WEB-*"]);
  expect(labels(["WEB-1", "WEB-2", "DB"], 9)).toEqual(["DB", "WEB-1", "WEB-2"]);
});

it("splits a thousand numbers at a character where words would give too many", () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `P${String(index).padStart(5, "0")}`);
  const found = labels(names, 60);
  expect(found.length).toBeLessThanOrEqual(60);
  expect(found.length).toBeGreaterThan(9);
});

it("keeps every name once, within the number asked for, whatever the order", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[A-C]{1,3}[-_]?[0-2]{0,3}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 20 }), (some, target) => {
      const groups = prefixGroups(some, target);
      expect(groups.flatMap(({ names: each }) => each).sort()).toEqual([...some].sort());
      expect(groups.length).toBeLessThanOrEqual(target);
      expect(prefixGroups([...some].reverse(), target)).toEqual(groups);
    }),
  );
});
