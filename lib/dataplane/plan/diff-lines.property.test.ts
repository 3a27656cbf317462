import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines, type LineEdit } from "#dataplane/plan/diff-lines.ts";

function apply(before: readonly string[], after: readonly string[], edits: readonly LineEdit[]): readonly string[] {
  const lines = [...before];
  for (const edit of edits) {
    if (edit.kind === "delete") lines.splice(edit.position - 1, 1);
    else lines.splice(edit.position - 1, 0, after[edit.index] ?? "");
  }
  return lines;
}

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

describe("line edits", () => {
  it("lead from any list to any other, repeats included", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(apply(before, after, diffLines(before, after))).toEqual(after);
      }),
      { numRuns: 2_000 },
    );
  });

  it("a list against itself needs none", () => {
    fc.assert(
      fc.property(lines, (list) => {
        expect(diffLines(list, list)).toEqual([]);
      }),
    );
  });

  it("one line moved is one taken out and one put in", () => {
    expect(diffLines(["a", "b", "c", "d"], ["b", "c", "a", "d"])).toEqual([
      { kind: "delete", position: 1 },
      { kind: "insert", position: 3, index: 2 },
    ]);
  });

  it("lists too long to search are rewritten in the middle", () => {
    const before = ["first", ...Array.from({ length: 3_000 }, (_, index) => `x${index}`), "last"];
    const after = ["first", ...Array.from({ length: 3_000 }, (_, index) => `y${index}`), "last"];
    expect(apply(before, after, diffLines(before, after))).toEqual(after);
  });
});
