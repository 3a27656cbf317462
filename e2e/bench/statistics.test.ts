import { describe, expect, it } from "vitest";
import { quantile, ratioOf, summarize } from "./statistics.ts";

const noise = (scale: number) => Array.from({ length: 50 }, (_, index) => scale * (10 + ((index * 37) % 11)));

describe("statistics", () => {
  it("the median of an even number of samples lies between the middle two", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  });

  it("a summary of one sample is that sample", () => {
    expect(summarize([7])).toEqual({ median: 7, min: 7, max: 7, p99: 7 });
  });

  it("no samples are an error, not a zero", () => {
    expect(() => quantile([], 0.5)).toThrow("no samples");
  });

  it("a contestant that always takes twice as long has a ratio of exactly two, without doubt", () => {
    expect(ratioOf(noise(2), noise(1))).toEqual({ value: 2, low: 2, high: 2 });
  });

  it("independent noise widens the interval around the ratio", () => {
    const { value, low, high } = ratioOf(noise(1), [...noise(1)].reverse());
    expect(value).toBe(1);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
  });

  it("contestants with different numbers of samples can be compared", () => {
    expect(ratioOf([3, 3, 3, 3], [2, 2]).value).toBe(1.5);
  });
});
