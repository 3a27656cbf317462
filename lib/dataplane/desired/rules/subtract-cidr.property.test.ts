import fc from "fast-check";
import { expect, it } from "vitest";
import { subtractCidr } from "#dataplane/desired/rules/subtract-cidr.ts";
import { cidrContains, netToCidr } from "#policy/cidr.ts";

it("an address is in the difference exactly when it is in the network and not in the hole", () => {
  // Networks of four bits, spread over the last bits of an IPv4 address, so that they meet.
  const net = fc
    .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
    .map(([address, prefix]) => netToCidr({ family: 4, address: BigInt(address), prefix }));
  fc.assert(
    fc.property(net, net, fc.integer({ min: 0, max: 15 }), (outer, hole, number) => {
      const address = BigInt(number);
      const isIn = subtractCidr(outer, hole).some((part) => cidrContains(part, 4, address));
      expect(isIn).toBe(cidrContains(outer, 4, address) && !cidrContains(hole, 4, address));
    }),
    { numRuns: 2_000 },
  );
});
