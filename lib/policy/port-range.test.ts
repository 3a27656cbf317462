import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPorts, mergePorts, parsePortEntry, portsContain } from "#policy/port-range.ts";
import type { PortRange } from "#policy/rule.ts";
import { PROPERTY_TIMEOUT } from "#testing/run-count.ts";

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40 }))
  .map(([lo, width]): PortRange => [lo, lo + width]);

describe("ports", PROPERTY_TIMEOUT, () => {
  it.each([
    [80, [80, 80]],
    [0, [0, 0]],
    [65535, [65535, 65535]],
    ["80:90", [80, 90]],
    ["0:65535", [0, 65535]],
    ["080:090", [80, 90]],
  ])("P5 the stored entry %j is the range %j", (entry, range) => {
    expect(parsePortEntry(entry)).toEqual(range);
  });

  it.each([
    -1,
    65536,
    80.5,
    Number.NaN,
    "80",
    "80:80",
    "90:80",
    "5:65536",
    "1:2:3",
    "a:b",
    "",
    ":",
    "-1:3",
    "80-90",
    " 1:2",
    true,
    null,
    [],
    {},
  ])("P5 the stored entry %j is no port", (entry) => {
    expect(parsePortEntry(entry)).toBeUndefined();
  });

  it("P10 ranges that overlap or touch become one, sorted", () => {
    expect(
      mergePorts([
        [443, 443],
        [80, 85],
        [86, 90],
        [82, 83],
        [443, 443],
      ]),
    ).toEqual([
      [80, 90],
      [443, 443],
    ]);
    expect(
      formatPorts([
        [80, 90],
        [443, 443],
      ]),
    ).toBe("80:90,443");
  });

  it("P10 merging keeps every port, adds none, and leaves a gap between ranges", () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 8 }), (ranges) => {
        const merged = mergePorts(ranges);
        const all = Array.from({ length: 346 }, (_, port) => port);
        expect(all.filter((port) => portsContain(merged, port))).toEqual(
          all.filter((port) => portsContain(ranges, port)),
        );
        for (const [index, [lo]] of merged.entries()) expect(lo).toBeGreaterThan((merged[index - 1]?.[1] ?? -2) + 1);
      }),
    );
  });
});
