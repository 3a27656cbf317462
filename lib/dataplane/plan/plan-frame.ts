import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { NodePolicy, TablePolicy } from "#dataplane/desired/node-policy.ts";
import { setNamer } from "#dataplane/desired/rules/line-text.ts";
import type { KernelState, KernelTable } from "#dataplane/plan/kernel-state.ts";
import type { Plan, TableCommand } from "#dataplane/plan/plan-step.ts";
import { writtenLine } from "#dataplane/plan/written-line.ts";
import type { Family } from "#policy/rule.ts";

/**
 * What an agent may do before it has seen a whole snapshot: write the parts of the closing frame that are not there
 * (I6). `frame` is the policy of an empty snapshot. A chain an earlier run filled is left as it is.
 */
export function planFrame(actual: KernelState, frame: NodePolicy): Plan {
  return frame.families.flatMap((policy) =>
    policy.tables.flatMap((table) => {
      const present = actual.families.get(policy.family)?.[table.table];
      const commands = present === undefined ? [] : missingParts(present, table, policy.family);
      return commands.length === 0
        ? []
        : [{ kind: "restore-table" as const, family: policy.family, table: table.table, commands }];
    }),
  );
}

function missingParts(present: KernelTable, table: TablePolicy, family: Family): readonly TableCommand[] {
  const nameSet = setNamer(family, new Map());
  // A chain that was flushed by somebody lets everything by, so it counts as missing.
  const missing = [...table.chains.values()].filter(({ name }) => (present.get(name)?.length ?? 0) === 0);
  const unhooked = table.hooks.filter(
    ({ chain }) => !present.get(chain)?.some(({ target }) => target?.startsWith(OUR_PREFIX)),
  );
  return [
    ...missing.map(({ name }) => ({ kind: "new-chain", chain: name }) as const),
    ...missing.flatMap(({ name, lines }) =>
      lines.map((line) => ({ kind: "append", chain: name, written: writtenLine(line, nameSet) }) as const),
    ),
    ...unhooked.map(
      ({ chain, line }) => ({ kind: "insert", chain, position: 1, written: writtenLine(line, nameSet) }) as const,
    ),
  ];
}
