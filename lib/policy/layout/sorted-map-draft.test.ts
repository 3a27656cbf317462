import { describe, expect, it } from "vitest";
import { draftOf, finishDraft, keysWritten, writeDraft } from "#policy/layout/sorted-map-draft.ts";

const base: ReadonlyMap<string, number> = new Map([
  ["a", 1],
  ["c", 3],
]);

function changed(from: ReadonlyMap<string, number>, writes: readonly (readonly [string, number | undefined])[]) {
  const draft = draftOf(from);
  for (const [key, value] of writes) writeDraft(draft, key, value);
  return finishDraft(draft);
}

describe("a sorted map being changed", () => {
  it("keeps its keys in order and leaves the old map alone", () => {
    expect([...changed(base, [["b", 2]]).keys()]).toEqual(["a", "b", "c"]);
    expect(base.size).toBe(2);
  });

  it("remembers which keys were written for it, deletions included", () => {
    const after = changed(base, [
      ["b", 2],
      ["a", undefined],
    ]);
    expect([...(keysWritten(base, after) ?? [])].sort()).toEqual(["a", "b"]);
  });

  it("knows nothing about maps that are more than one change apart", () => {
    const twice = changed(changed(base, [["b", 2]]), [["d", 4]]);
    expect(keysWritten(base, twice)).toBeUndefined();
  });
});
