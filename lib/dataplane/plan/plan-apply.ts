import type { FamilyPolicy, NodePolicy, TableName } from "#dataplane/desired/node-policy.ts";
import { setNamer } from "#dataplane/desired/rules/line-text.ts";
import { stateAfter } from "#dataplane/plan/apply-step.ts";
import { canEditInPlace, linesNamingSets, pushOfEdits } from "#dataplane/plan/can-edit-in-place.ts";
import type { KernelState, KernelTable } from "#dataplane/plan/kernel-state.ts";
import { type LiveSet, liveSets, planSets, REPLACE, type SetPlan, settledSets } from "#dataplane/plan/plan-sets.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { diffTable, rememberTable, type TableDiff } from "#dataplane/plan/plan-table.ts";
import { removalSteps, tableSteps } from "#dataplane/plan/table-steps.ts";
import type { Family } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** A plan, and what the kernel holds once it went through. */
export type PlannedChange = { readonly plan: Plan; readonly after: KernelState };

/**
 * The steps from what the kernel has to what the node should have: new sets, additions, one COMMIT a table, removals.
 * At every prefix no live rule names a missing set, and every packet meets a verdict of the old or of the new state
 * (I5). Empty when nothing differs.
 */
export function planApply(actual: KernelState, desired: NodePolicy): PlannedChange {
  const families = desired.families.flatMap((policy) => planFamily(actual, policy, desired.maxSetSize));
  const planned: ReadonlySet<Family> = new Set(desired.families.map(({ family }) => family));
  const plan = families.flatMap((one) => one.plan);
  const areSetsSettled = families.every(({ sets }) => sets.isSettled);
  if (plan.length === 0 && areSetsSettled) return remembering({ plan, after: actual }, desired, families);
  const tables = stateAfter(
    { ...actual, sets: new Map() },
    plan.filter(({ kind }) => kind === "restore-table"),
  );
  if (areSetsSettled) return remembering({ plan, after: { ...tables, sets: actual.sets } }, desired, families);
  // The desired members themselves, so that the next plan sees at a glance what did not change.
  const others = [...actual.sets].filter(([, { family }]) => !planned.has(family) || !actual.families.has(family));
  const sets = new Map([...others, ...families.flatMap((one) => [...one.sets.wanted])]);
  return remembering({ plan, after: { ...tables, sets } }, desired, families);
}

/** Notes for the next plan what the tables were made of. */
function remembering(change: PlannedChange, desired: NodePolicy, planned: readonly PlannedFamily[]): PlannedChange {
  for (const { family, sets } of planned) {
    const policy = desired.families.find((one) => one.family === family);
    const tables = change.after.families.get(family);
    if (tables === undefined) continue;
    for (const one of policy?.tables ?? []) rememberTable(tables[one.table], one, sets.generations);
  }
  return change;
}

type Tables = Readonly<Record<TableName, KernelTable>>;
type Diffs = readonly { readonly table: TableName; readonly diff: TableDiff }[];
type PlannedFamily = { readonly family: Family; readonly plan: Plan; readonly sets: SetPlan };

function planFamily(actual: KernelState, policy: FamilyPolicy, maxSetSize: number): readonly PlannedFamily[] {
  const tables = actual.families.get(policy.family);
  if (tables === undefined) return [];
  const settled = settledSets(actual, policy, maxSetSize);
  if (settled !== undefined) {
    return [plannedFamily(policy.family, settled, diffTables(tables, policy, settled.generations))];
  }
  const live = liveSets(actual, policy, maxSetSize);
  const kept = new Map(live.map(({ tag, generation }) => [tag, generation]));
  const inPlace = diffTables(tables, policy, kept);
  const replaced = replacedTags(live, inPlace, tables);
  const sets = planSets(actual, policy, { live, replaced, maxSetSize });
  const diffs = replaced.size === 0 ? inPlace : diffTables(tables, policy, sets.generations);
  return [plannedFamily(policy.family, sets, diffs)];
}

function plannedFamily(family: Family, sets: SetPlan, diffs: Diffs): PlannedFamily {
  const place = (table: TableName) => ({ family, table });
  const plan = [
    ...sets.before,
    ...diffs.flatMap(({ table, diff }) => tableSteps(diff, place(table))),
    ...sets.after,
    ...diffs.flatMap(({ table, diff }) => removalSteps(diff, place(table))),
    ...sets.destroy,
  ];
  return { family, plan, sets };
}

function diffTables(tables: Tables, policy: FamilyPolicy, generations: ReadonlyMap<Tag, "a" | "b">): Diffs {
  const nameSet = setNamer(policy.family, generations);
  return policy.tables.map((one) => ({
    table: one.table,
    diff: diffTable(tables[one.table], one, { nameSet, generations }),
  }));
}

/** The tags whose live sets cannot be edited: none, or every one that changes. */
function replacedTags(live: readonly LiveSet[], diffs: Diffs, tables: Tables): ReadonlySet<Tag> {
  const changed = live.filter(({ change }) => change !== undefined);
  if (changed.length === 0) return new Set();
  const changes = changed.flatMap(({ change }) => change ?? []);
  const isEditable =
    !changes.includes(REPLACE) &&
    canEditInPlace({
      sets: changes,
      rules: pushOfEdits(
        diffs.flatMap(({ diff }) => diff.edited),
        diffs.some(({ diff }) => hasHookEdits(diff)),
      ),
      lines: [...linesNamingSets(tables.filter), ...diffs.flatMap(({ diff }) => newLines(diff))],
    });
  return new Set(isEditable ? [] : changed.map(({ tag }) => tag));
}

function newLines(diff: TableDiff) {
  return [
    ...diff.added.flatMap(({ lines }) => lines.map(({ line }) => line)),
    ...diff.edited.flatMap(({ after }) => after),
  ];
}

function hasHookEdits(diff: TableDiff): boolean {
  const edited = new Set(diff.edited.map(({ chain }) => chain));
  return diff.edits.some(({ chain }) => !edited.has(chain));
}
