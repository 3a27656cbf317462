import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelState, KernelTable } from "#dataplane/plan/kernel-state.ts";
import type { Plan, PlanStep, TableCommand } from "#dataplane/plan/plan-step.ts";

const TABLES = ["filter", "raw"] as const;

/** The steps that leave nothing of ours, and everything of others as it was. */
export function planRemoval(actual: KernelState): Plan {
  const tables = [...actual.families].flatMap(([family, byName]) =>
    TABLES.flatMap((table): readonly PlanStep[] => {
      const commands = removeOurs(byName[table]);
      return commands.length === 0 ? [] : [{ kind: "restore-table", family, table, commands }];
    }),
  );
  return [...tables, ...[...actual.sets.keys()].map((name) => ({ kind: "destroy-set", name }) as const)];
}

function removeOurs(table: KernelTable): readonly TableCommand[] {
  const ours = [...table.keys()].filter((chain) => chain.startsWith(OUR_PREFIX));
  const hooks = [...table].filter(([chain]) => !chain.startsWith(OUR_PREFIX));
  return [
    ...hooks.flatMap(([chain, lines]) =>
      lines
        .flatMap((line, index) => (line.isOurs || line.target?.startsWith(OUR_PREFIX) ? [index + 1] : []))
        .reverse()
        .map((position): TableCommand => ({ kind: "delete", chain, position })),
    ),
    ...ours.map((chain): TableCommand => ({ kind: "flush", chain })),
    ...ours.map((chain): TableCommand => ({ kind: "remove-chain", chain })),
  ];
}
