import fc from "fast-check";
import { expect, it } from "vitest";
import { draftOf, finishDraft, keysWritten, writeDraft } from "#policy/layout/sorted-map-draft.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const name = (index: number) => `k${String(index).padStart(5, "0")}`;
const write = fc.tuple(fc.nat({ max: 6_000 }).map(name), fc.option(fc.nat(), { nil: undefined, freq: 2 }));
const writes = fc.array(write, { minLength: 1, maxLength: 15 });
// Now and then so many at once that the layer is merged.
const many = fc
  .nat({ max: 5_000 })
  .map((from) => Array.from({ length: 600 }, (_, index) => [name(from + index), index] as const));

it(
  "E11 a map changed in layers is the map that was built anew, keys in order, whatever its size",
  () => {
    const batches = fc.array(fc.oneof({ weight: 8, arbitrary: writes }, { weight: 1, arbitrary: many }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(0, 10, 4_095, 4_096, 5_000), batches, (size, all) => {
        const first = Array.from({ length: size }, (_, index) => [name(index), -1] as const);
        let layered: ReadonlyMap<string, number> = new Map(first);
        let whole: ReadonlyMap<string, number> = new Map(first);
        for (const batch of all) {
          const [before, wholeBefore] = [layered, whole];
          const draft = draftOf(layered);
          const next = new Map(whole);
          for (const [key, value] of batch) {
            writeDraft(draft, key, value);
            if (value === undefined) next.delete(key);
            else next.set(key, value);
          }
          layered = finishDraft(draft);
          whole = new Map([...next].sort(([a], [b]) => (a < b ? -1 : 1)));
          expect([...layered]).toEqual([...whole]);
          expect([...before]).toEqual([...wholeBefore]);
          expect([layered.size, [...layered.values()].length]).toEqual([whole.size, whole.size]);
          for (const [key] of batch) {
            expect([layered.has(key), layered.get(key)]).toEqual([whole.has(key), whole.get(key)]);
            if (layered !== before && before.size > 0 && before.get(key) !== layered.get(key)) {
              expect(keysWritten(before, layered)).toContain(key);
            }
          }
        }
      }),
      runCount(25),
    );
  },
  PROPERTY_TIMEOUT.timeout,
);
