import type { PairChange } from "#analysis/impact/impact.ts";

type PairChanges = { readonly opened: readonly PairChange[]; readonly closed: readonly PairChange[] };

/** A line for each pair that opens, then for each that closes. */
export function describePairChanges({ opened, closed }: PairChanges): readonly string[] {
  return [
    ...opened.map(({ from, to, connections }) => `opens  ${from} -> ${to}: ${connections}`),
    ...closed.map(({ from, to, connections }) => `closes ${from} -> ${to}: ${connections}`),
  ];
}
