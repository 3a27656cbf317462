import type { FamilyPolicy, NodePolicy } from "#dataplane/desired/node-policy.ts";
import { type Chain, ruleLine } from "#dataplane/desired/rules/rule-line.ts";

/** The same policy with a chain for each endpoint instead of one for each distinct list of profiles. */
export function oneChainPerEndpoint(policy: NodePolicy): NodePolicy {
  return { ...policy, families: policy.families.map(perEndpoint) };
}

function perEndpoint(family: FamilyPolicy): FamilyPolicy {
  const tables = family.tables.map((table) => {
    if (table.table !== "filter") return table;
    const chains = [...table.chains.values()].flatMap((chain) => ownChains(chain, table.chains));
    return { ...table, chains: new Map(chains.map((chain) => [chain.name, chain])) };
  });
  return { ...family, tables };
}

/** A dispatch node leads to copies; the shared chains themselves go. */
function ownChains(chain: Chain, all: ReadonlyMap<string, Chain>): readonly Chain[] {
  if (/^tortie-e[io]-/.test(chain.name)) return [];
  if (!/^tortie-(from|to)(-|$)/.test(chain.name)) return [chain];
  const copies: Chain[] = [];
  const lines = chain.lines.map((line) => {
    const [, match, name, target = ""] = /^(-[io] (\S+).*) -g (tortie-e[io]-\S+)$/.exec(line.spec) ?? [];
    if (match === undefined) return line;
    const own = `${target.slice(0, 10)}${name}`;
    copies.push({ name: own, lines: all.get(target)?.lines ?? [] });
    return ruleLine(`${match} -g ${own}`, line.comment);
  });
  return [{ name: chain.name, lines }, ...copies];
}

/** Chains and lines of the filter tables and the number of sets and members. */
export function countObjects({ families }: NodePolicy): string {
  return families
    .map(({ family, tables, sets }) => {
      const chains = tables.flatMap((table) => [...table.chains.values()]);
      const lines = chains.reduce((sum, chain) => sum + chain.lines.length, 0);
      return `IPv${family} ${chains.length} chains, ${lines} rules, ${sets.size} sets`;
    })
    .join("; ");
}
