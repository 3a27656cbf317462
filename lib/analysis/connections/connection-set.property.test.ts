import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConnectionSet,
  complement,
  connectionSetKey,
  contains,
  EVERYTHING,
  equals,
  intersect,
  isEmpty,
  NOTHING,
  subtract,
  union,
} from "#analysis/connections/connection-set.ts";
import { LEVEL, restrict, within } from "#analysis/connections/diagram.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { Packet } from "#policy/packet.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { arbitraryRuleJson } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const packets: readonly Packet[] = ([4, 6] as const).flatMap((family) =>
  [1, 2, 6, 17, 47, 58, 132, 255].flatMap((protocol) =>
    [0, 3, 8, 22, 52, 53, 80, 128, 255].flatMap((first) =>
      [0, 4, 22, 80, 443, 1024].map((second): Packet => {
        const kind = protocol === 1 || protocol === 58;
        const header = kind ? { icmpType: first, icmpCode: second } : { srcPort: first, dstPort: second };
        return { family, protocol, src: BigInt(first), dst: BigInt(second), ...header };
      }),
    ),
  ),
);

const region = arbitraryRuleJson().map((json): ConnectionSet => {
  const rule = parseStoredRule(json);
  return rule.ok ? ruleRegion(rule.value) : NOTHING;
});
const block = fc
  .tuple(fc.constantFrom(LEVEL.src, LEVEL.dst), fc.bigInt({ min: 0n, max: 90n }), fc.bigInt({ min: 1n, max: 60n }))
  .map(([level, start, size]) => within(level, 0n, [{ start, end: start + size }]));

/** Sets made of rules and address blocks by every operation. */
const arbitrarySet: fc.Arbitrary<ConnectionSet> = fc.letrec<{ set: ConnectionSet }>((tie) => ({
  set: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(region, block, fc.constantFrom(EVERYTHING, NOTHING)),
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => union(a, b)),
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => intersect(a, b)),
    fc.tuple(tie("set"), tie("set")).map(([a, b]) => subtract(a, b)),
    tie("set").map(complement),
  ),
})).set;

describe("connection sets", PROPERTY_TIMEOUT, () => {
  it("R5 union, intersection, difference and complement mean what they say for every packet", () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (a, b) => {
        const sets = [union(a, b), intersect(a, b), subtract(a, b), complement(a)];
        for (const packet of packets) {
          const [x, y] = [contains(a, packet), contains(b, packet)];
          const found = sets.map((set) => contains(set, packet)).join();
          if (found !== [x || y, x && y, x && !y, !x].join()) throw new Error(`${found} for ${packet.protocol}`);
        }
      }),
      runCount(150),
    );
  });

  it("R5 equal sets have one form: one key and one text, however they were made", () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (a, b) => {
        const pairs = [
          [complement(complement(a)), a],
          [union(a, b), union(b, a)],
          [subtract(a, b), intersect(a, complement(b))],
          [complement(union(a, b)), intersect(complement(a), complement(b))],
          [union(intersect(a, b), subtract(a, b)), a],
          [subtract(a, a), NOTHING],
          [union(a, complement(a)), EVERYTHING],
        ] as const;
        for (const [left, right] of pairs) {
          expect(equals(left, right)).toBe(true);
          expect(connectionSetKey(left)).toBe(connectionSetKey(right));
          expect(formatConnectionSet(left)).toBe(formatConnectionSet(right));
        }
      }),
      runCount(100),
    );
  });

  it("R5 different sets have different keys and different texts", () => {
    fc.assert(
      fc.property(arbitrarySet, arbitrarySet, (a, b) => {
        const isSame = equals(a, b);
        expect(connectionSetKey(a) === connectionSetKey(b)).toBe(isSame);
        expect(formatConnectionSet(a) === formatConnectionSet(b)).toBe(isSame);
        expect(isEmpty(subtract(a, b)) && isEmpty(subtract(b, a))).toBe(isSame);
      }),
      runCount(300),
    );
  });

  it("R5 fixing one coordinate changes nothing for the packets that have it", () => {
    fc.assert(
      fc.property(arbitrarySet, fc.constantFrom(...packets), (set, packet) => {
        const fixed = restrict(restrict(set, LEVEL.protocol, packet.protocol), LEVEL.src, packet.src);
        expect(contains(fixed, packet)).toBe(contains(set, packet));
      }),
      runCount(300),
    );
  });
});
