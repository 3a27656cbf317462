import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelState, KernelTable } from "#dataplane/plan/kernel-state.ts";
import type { Plan, PlanStep, TableCommand } from "#dataplane/plan/plan-step.ts";

const TABLES = ["filter", "raw"] as const;

/**
 * The steps that leave nothing of ours, and everything of others as it was. A table's chains are emptied before they are
 * removed: where a line of another program names one, only its removal is refused, and what stays does nothing.
 */
export function planRemoval(actual: KernelState): Plan {
  const tables = [...actual.families].flatMap(([family, byName]) =>
    TABLES.flatMap((table) =>
      [emptyOurs(byName[table]), removeOurs(byName[table])].flatMap((commands): readonly PlanStep[] =>
        commands.length === 0 ? [] : [{ kind: "restore-table", family, table, commands }],
      ),
    ),
  );
  return [...tables, ...[...actual.sets.keys()].map((name) => ({ kind: "destroy-set", name }) as const)];
}

function emptyOurs(table: KernelTable): readonly TableCommand[] {
  const others = [...table].filter(([chain]) => !chain.startsWith(OUR_PREFIX));
  return [
    ...others.flatMap(([chain, lines]) =>
      lines
        .flatMap((line, index) => (line.isOurs || line.target?.startsWith(OUR_PREFIX) ? [index + 1] : []))
        .reverse()
        .map((position): TableCommand => ({ kind: "delete", chain, position })),
    ),
    ...ourChains(table).map((chain): TableCommand => ({ kind: "flush", chain })),
  ];
}

function removeOurs(table: KernelTable): readonly TableCommand[] {
  return ourChains(table).map((chain) => ({ kind: "remove-chain", chain }));
}

function ourChains(table: KernelTable): readonly string[] {
  return [...table.keys()].filter((chain) => chain.startsWith(OUR_PREFIX));
}
