import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPorts } from "#dataplane/desired/rules/split-ports.ts";
import type { PortRange } from "#policy/rule.ts";

const single = (port: number): PortRange => [port, port];

describe("splitting ports", () => {
  it("a range that no longer fits starts the next group", () => {
    const ports = [...Array.from({ length: 14 }, (_, index) => single(index)), [100, 200] as const, single(7)];
    expect(splitPorts(ports).map((chunk) => chunk.length)).toEqual([14, 2]);
  });

  it("no ports make no group", () => {
    expect(splitPorts([])).toEqual([]);
  });

  it("groups hold at most 15 slots, none is empty, and together they are the list", () => {
    const range = fc.tuple(fc.nat(1000), fc.nat(3)).map(([lo, width]): PortRange => [lo, lo + width]);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 80 }), (ports) => {
        const chunks = splitPorts(ports);
        expect(chunks.flat()).toEqual(ports);
        for (const chunk of chunks) {
          const slots = chunk.reduce((sum, [lo, hi]) => sum + (lo === hi ? 1 : 2), 0);
          expect(slots).toBeGreaterThan(0);
          expect(slots).toBeLessThanOrEqual(15);
        }
      }),
    );
  });
});
