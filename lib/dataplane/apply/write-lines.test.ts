import { describe, expect, it } from "vitest";
import { linePieces } from "#dataplane/apply/write-lines.ts";

describe("linePieces", () => {
  it.each([
    ["nothing", ""],
    ["one line", "add a 10.0.0.1\n"],
    ["ten thousand lines", Array.from({ length: 10_000 }, (_, index) => `add a 10.0.${index}\n`).join("")],
    ["a line of more than 4096 characters between short ones", `a\n${"x".repeat(5_000)}\nb\n`],
    ["a text without an end of line", "#tortie"],
  ])("never cuts %s inside a line, and loses nothing", (_, text) => {
    const pieces = [...linePieces(text)];
    expect(pieces.join("")).toBe(text);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith("\n"))).toBe(true);
    expect(pieces.every((piece) => piece.length <= 4096 || piece.indexOf("\n") === piece.length - 1)).toBe(true);
  });
});
