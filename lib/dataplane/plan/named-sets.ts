import type { KernelLine, KernelTable } from "#dataplane/plan/kernel-state.ts";

const setsByTable = new WeakMap<KernelTable, ReadonlySet<string>>();
const setsByLines = new WeakMap<readonly KernelLine[], readonly string[]>();

/** The sets a table's lines name; the same value for the same table. */
export function namedSets(table: KernelTable): ReadonlySet<string> {
  const known = setsByTable.get(table);
  if (known !== undefined) return known;
  const named = new Set<string>();
  for (const lines of table.values()) for (const set of setsOfLines(lines)) named.add(set);
  setsByTable.set(table, named);
  return named;
}

/** The sets a chain's lines name, in their order. */
export function setsOfLines(lines: readonly KernelLine[]): readonly string[] {
  const known = setsByLines.get(lines);
  if (known !== undefined) return known;
  const sets = lines.flatMap(({ uses }) => uses.map(({ set }) => set));
  setsByLines.set(lines, sets);
  return sets;
}

/** Tells that a table differs from another one only in these chains; when they name the same sets, so do the tables. */
export function carryNamedSets(before: KernelTable, after: KernelTable, chains: Iterable<string>): void {
  const known = setsByTable.get(before);
  if (known === undefined) return;
  for (const chain of chains) {
    const old = setsOfLines(before.get(chain) ?? []);
    const now = setsOfLines(after.get(chain) ?? []);
    if (old.length !== now.length || old.some((set, index) => set !== now[index])) return;
  }
  setsByTable.set(after, known);
}
