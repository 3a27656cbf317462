import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DispatchEntry, dispatchChains } from "#dataplane/desired/chains/dispatch-chains.ts";
import { ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import { type ParsedLine, parseLine } from "#dataplane/testing/parse-line.ts";
import { simulateChain } from "#dataplane/testing/simulate-chain.ts";

function entry(interfaceName: string, mac?: string): DispatchEntry {
  return { interfaceName, endpoint: interfaceName, chain: `tortie-eo-${interfaceName}`, ...(mac && { mac }) };
}

/** The interfaces among `tried` whose packets reach their own chain, each of which accepts only its own. */
function reached(entries: readonly DispatchEntry[], tried: readonly string[], srcMac = "02:00:00:00:00:01"): string[] {
  const tree = dispatchChains(entries, { direction: "outbound", make: ruleLine }).map(
    ({ name, lines }) => [name, lines.map(({ spec }) => parseLine(spec, 4))] as const,
  );
  const leaves = entries.map(
    ({ chain, interfaceName }) => [chain, [parseLine(`-i ${interfaceName} -j ACCEPT`, 4)]] as const,
  );
  const chains = new Map<string, readonly ParsedLine[]>([...tree, ...leaves]);
  const packet = { family: 4, protocol: 6, src: 1n, dst: 2n, state: "NEW", isRoutedBack: true, srcMac } as const;
  const isMember = () => false;
  return tried.filter(
    (inInterface) =>
      simulateChain(chains, "tortie-from", { packet: { ...packet, inInterface }, isMember }) === "ACCEPT",
  );
}

describe("the dispatch tree", () => {
  it("every known interface reaches its chain, every other is dropped", () => {
    const name = fc.stringMatching(/^cali[a-c01_-]{0,5}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 60 }), fc.array(name, { maxLength: 20 }), (known, others) => {
        const tried = [...new Set([...known, ...others])];
        expect(
          reached(
            known.map((one) => entry(one)),
            tried,
          ),
        ).toEqual(tried.filter((one) => known.includes(one)));
      }),
      { numRuns: 300 },
    );
  });

  it("a wrong source MAC is dropped, an endpoint without one is not asked", () => {
    const entries = [entry("cali1", "02:00:00:00:00:01"), entry("cali2", "02:00:00:00:00:02"), entry("cali3")];
    expect(reached(entries, ["cali1", "cali2", "cali3"])).toEqual(["cali1", "cali3"]);
  });

  it("no node lists many lines, among 10,000 interfaces", () => {
    const entries = Array.from({ length: 10_000 }, (_, index) =>
      entry(`cali${(index * 2654435761).toString(16).slice(-8)}`),
    );
    const chains = dispatchChains(entries, { direction: "inbound", make: ruleLine });
    const longest = Math.max(...chains.map(({ lines }) => lines.length));
    expect(longest).toBeLessThanOrEqual(8 * 16 + 1);
    expect(chains.length).toBeLessThan(3_000);
  });

  it("an unknown interface is dropped when there is no endpoint at all", () => {
    expect(reached([], ["cali1"])).toEqual([]);
  });
});
