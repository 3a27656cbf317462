import { describe, expect, it } from "vitest";
import { shorten } from "#policy/shorten.ts";
import cases from "#testing/conformance/shorten.json" with { type: "json" };

describe("shorten", () => {
  it.each(cases)("P50 $id: $title", ({ input, length, expect: expected }) => {
    expect(shorten(input, length)).toBe(expected);
  });

  it(`P50 the conformance cases are all run: ${cases.length} of ${cases.length}`, () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it("P50 a name that has the full length and starts with _ is hashed, so that it cannot meet a hash", () => {
    expect(shorten("_123456789", 10)).toMatch(/^_[0-9a-f]{9}$/);
    expect(shorten("_123456789", 10)).not.toBe("_123456789");
  });
});
