import fc from "fast-check";
import { expect, it } from "vitest";
import { withChanges } from "#dataplane/desired/layered-set.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const texts = fc.array(fc.nat({ max: 2_500 }).map(String), { maxLength: 20 });
// Now and then so many at once that the layer is merged.
const many = fc.nat({ max: 1_000 }).map((from) => Array.from({ length: 600 }, (_, index) => String(from + index)));
const change = fc.record({
  added: fc.oneof({ weight: 8, arbitrary: texts }, { weight: 1, arbitrary: many }),
  removed: texts,
});

it(
  "a set in layers is the set that was changed as a whole, whatever its size, and leaves the one before alone",
  () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 10, 1_023, 1_024, 2_000), fc.array(change, { maxLength: 12 }), (size, changes) => {
        let layered: ReadonlySet<string> = new Set(Array.from({ length: size }, (_, index) => String(index)));
        let whole = new Set(layered);
        for (const { added, removed } of changes) {
          const [before, wholeBefore] = [layered, whole];
          layered = withChanges(layered, added, removed);
          whole = new Set(whole);
          for (const text of added) whole.add(text);
          for (const text of removed) whole.delete(text);
          for (const [one, oracle] of [[layered, whole] as const, [before, wholeBefore] as const]) {
            expect(one.size).toBe(oracle.size);
            expect([...one].sort()).toEqual([...oracle].sort());
          }
          for (const text of [...added, ...removed, "none"]) expect(layered.has(text)).toBe(whole.has(text));
        }
      }),
      runCount(60),
    );
  },
  PROPERTY_TIMEOUT.timeout,
);
