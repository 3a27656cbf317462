import { setName } from "#dataplane/desired/names/set-names.ts";
import type { FamilyPolicy, NodePolicy, TablePolicy } from "#dataplane/desired/node-policy.ts";
import { lineText, setNamer } from "#dataplane/desired/rules/line-text.ts";

/**
 * What a node should have as text: for `ipset restore` up to the first table, for `iptables-restore --noflush` (and
 * `ip6tables-restore`) from there. Loading it into an empty network namespace enforces the policy.
 */
export function formatNodePolicy(policy: NodePolicy): string {
  const sets = policy.families.flatMap((family) => setLines(family, policy.maxSetSize));
  const tables = policy.families.flatMap((family) => [
    `# ${family.family === 4 ? "iptables" : "ip6tables"}-restore --noflush`,
    ...family.tables.flatMap((table) => tableLines(family, table)),
  ]);
  return ["# ipset restore", ...sets, ...tables].map((line) => `${line}\n`).join("");
}

function setLines(policy: FamilyPolicy, maxSetSize: number): readonly string[] {
  const type = `hash:ip family ${policy.family === 4 ? "inet" : "inet6"} maxelem ${maxSetSize}`;
  return [...policy.sets].flatMap(([tag, members]) => {
    const name = setName(policy.family, "a", tag);
    return [`create ${name} ${type}`, ...[...members].sort().map((member) => `add ${name} ${member}`)];
  });
}

function tableLines({ family }: FamilyPolicy, { table, chains, hooks }: TablePolicy): readonly string[] {
  const nameSet = setNamer(family);
  return [
    `*${table}`,
    ...[...chains.keys()].map((chain) => `:${chain} - [0:0]`),
    ...[...chains.values()].flatMap(({ name, lines }) => lines.map((line) => `-A ${name} ${lineText(line, nameSet)}`)),
    ...hooks.map(({ chain, line }) => `-I ${chain} 1 ${lineText(line, nameSet)}`),
    "COMMIT",
  ];
}
