import type { TableName } from "#dataplane/desired/node-policy.ts";
import type { KernelLine, KernelSet, KernelState, KernelTable } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";

/** A reading of the kernel, and what was believed when it began. */
export type Reading = { readonly before: KernelState; readonly found: KernelState };

/** Names of the chains and sets a plan writes. */
export function touchedBy(plan: Plan): readonly string[] {
  return plan.flatMap((step) =>
    step.kind === "restore-table"
      ? step.commands.map(({ chain }) => chainName(step.family, step.table, chain))
      : [setName(step.name)],
  );
}

/**
 * What to believe after a reading that went on beside changes: what differs from the belief the reading began with, put
 * upon what is believed now. What was `touched` meanwhile stays as believed, for nobody can tell which of the two was read.
 * The same value when nothing differs.
 */
export function adoptDrift(now: KernelState, reading: Reading, touched: ReadonlySet<string>): KernelState {
  const { before, found } = reading;
  const sets = adoptMap(now.sets, { before: before.sets, found: found.sets }, (name, a, b) =>
    touched.has(setName(name)) ? true : sameSet(a, b),
  );
  let families = now.families;
  for (const [family, tables] of now.families) {
    const [old, read] = [before.families.get(family), found.families.get(family)];
    if (old === undefined || read === undefined || old === read) continue;
    const adopted = (table: TableName): KernelTable =>
      adoptMap(tables[table], { before: old[table], found: read[table] }, (chain, a, b) =>
        touched.has(chainName(family, table, chain)) ? true : sameLines(a, b),
      );
    const next = { raw: adopted("raw"), filter: adopted("filter") };
    if (next.raw === tables.raw && next.filter === tables.filter) continue;
    families = new Map([...families, [family, next]]);
  }
  return sets === now.sets && families === now.families ? now : { sets, families };
}

type Two<V> = { readonly before: ReadonlyMap<string, V>; readonly found: ReadonlyMap<string, V> };

/** `now` with the entries in which `found` differs from `before`; `now` itself when there are none. */
function adoptMap<V>(
  now: ReadonlyMap<string, V>,
  { before, found }: Two<V>,
  isSame: (name: string, a: V | undefined, b: V | undefined) => boolean,
): ReadonlyMap<string, V> {
  if (before === found) return now;
  let next: Map<string, V> | undefined;
  for (const [name, value] of found) {
    if (isSame(name, before.get(name), value)) continue;
    next ??= new Map(now);
    next.set(name, value);
  }
  for (const [name, value] of before) {
    if (found.has(name) || isSame(name, value, undefined)) continue;
    next ??= new Map(now);
    next.delete(name);
  }
  return next ?? now;
}

/** Whether two sets hold the same, with the same limits. */
export function sameSet(a: KernelSet | undefined, b: KernelSet | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.family !== b.family || a.maxSetSize !== b.maxSetSize) return false;
  if (a.members === b.members) return true;
  if (a.members.size !== b.members.size) return false;
  for (const member of a.members) if (!b.members.has(member)) return false;
  return true;
}

/** Whether two chains are the same, line by line. */
export function sameLines(a: readonly KernelLine[] | undefined, b: readonly KernelLine[] | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((line, index) => sameLine(line, b[index]));
}

/** The rest of a line of ours follows from its key; somebody else's key is its text. */
function sameLine(a: KernelLine, b: KernelLine | undefined): boolean {
  return (
    a === b ||
    (b !== undefined && a.key === b.key && a.isOurs === b.isOurs && a.target === b.target && a.effect === b.effect)
  );
}

function chainName(family: number, table: TableName, chain: string): string {
  return `${family} ${table} ${chain}`;
}

function setName(name: string): string {
  return `set ${name}`;
}
