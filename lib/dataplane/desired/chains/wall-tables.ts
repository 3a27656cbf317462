/*
 * What closes a family whose frame the kernel does not take. Lines that need nothing but a table and a DROP, so that a
 * kernel without conntrack, marks, comments or rpfilter takes them; established connections are cut as well, since nobody
 * can tell them. Where the filter table is refused too, raw keeps out everything that comes from an endpoint, answers
 * included; what is sent to one cannot be matched there.
 */
import { type Hook, hooks } from "#dataplane/desired/chains/frame-chains.ts";
import { FRAME } from "#dataplane/desired/names/chain-names.ts";
import { bareLine, type Chain } from "#dataplane/desired/rules/rule-line.ts";

/** One table, as all there is of a family. */
export type WallTable = {
  readonly table: "raw" | "filter";
  readonly hooks: readonly Hook[];
  readonly chains: ReadonlyMap<string, Chain>;
};

/** The tables to try, the tightest first; each alone is the whole of a closed family. */
export function wallTables(interfacePrefixes: readonly string[]): readonly WallTable[] {
  const from = interfacePrefixes.map((prefix) => `-i ${prefix}+ -j DROP`);
  const to = interfacePrefixes.map((prefix) => `-o ${prefix}+ -j DROP`);
  return [
    wall("filter", [chain(FRAME.forward, [...from, ...to]), chain(FRAME.input, from)]),
    wall("raw", [chain(FRAME.prerouting, from)]),
  ];
}

function wall(table: "raw" | "filter", chains: readonly Chain[]): WallTable {
  const bare = hooks(table).map(({ chain: hooked, line }) => ({ chain: hooked, line: bareLine(line.spec) }));
  return { table, hooks: bare, chains: new Map(chains.map((one) => [one.name, one])) };
}

function chain(name: string, specs: readonly string[]): Chain {
  return { name, lines: specs.map(bareLine) };
}
