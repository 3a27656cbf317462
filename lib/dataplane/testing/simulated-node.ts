import { setName } from "#dataplane/desired/names/set-names.ts";
import type { FamilyPolicy, NodePolicy } from "#dataplane/desired/node-policy.ts";
import { lineText, setNamer } from "#dataplane/desired/rules/line-text.ts";
import {
  memberNumbers,
  memberTest,
  type ParsedLine,
  parseLine,
  type SimulatedPacket,
} from "#dataplane/testing/parse-line.ts";
import { type SimulatedChains, simulateChain } from "#dataplane/testing/simulate-chain.ts";
import type { Family } from "#policy/rule.ts";

/** One family of a node's kernel: chains of both tables, members of all sets. */
export type SimulatedFamily = {
  readonly raw: SimulatedChains;
  readonly filter: SimulatedChains;
  readonly members: ReadonlyMap<string, ReadonlySet<bigint>>;
};

/** Where a packet goes in the node: through it, or to the node itself. What the node sends itself is not filtered. */
export type Route = "forward" | "input";

/** True when a node lets a packet pass; other programs' rules are none, so falling out of our chains passes. */
export function passesNode(node: SimulatedFamily, packet: SimulatedPacket, route: Route): boolean {
  const isMember = memberTest(node.members);
  if (simulateChain(node.raw, "PREROUTING", { packet, isMember }) === "DROP") return false;
  return simulateChain(node.filter, route === "forward" ? "FORWARD" : "INPUT", { packet, isMember }) !== "DROP";
}

/** The kernel of a node on which exactly this policy was loaded, text and all. */
export function simulatedFamily(policy: NodePolicy, family: Family): SimulatedFamily {
  const found = policy.families.find((one) => one.family === family);
  if (found === undefined) throw new Error(`the node has no IPv${family}`);
  return {
    raw: chainsOf(found, "raw"),
    filter: chainsOf(found, "filter"),
    members: new Map([...found.sets].map(([tag, members]) => [setName(family, "a", tag), memberNumbers(members)])),
  };
}

function chainsOf(policy: FamilyPolicy, table: "raw" | "filter"): SimulatedChains {
  const chains = new Map<string, ParsedLine[]>([
    ["PREROUTING", []],
    ["INPUT", []],
    ["FORWARD", []],
  ]);
  const nameSet = setNamer(policy.family);
  const parse = (line: Parameters<typeof lineText>[0]) => parseLine(lineText(line, nameSet), policy.family);
  for (const one of policy.tables.filter((each) => each.table === table)) {
    for (const { name, lines } of one.chains.values()) chains.set(name, lines.map(parse));
    for (const { chain, line } of one.hooks) chains.get(chain)?.unshift(parse(line));
  }
  return chains;
}
