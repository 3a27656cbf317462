import { idAt, type PolicyRow, type Slots } from "#analysis/rows/policy-row.ts";

/** Two answers' rows over one set table, and where each node of the later stood in the earlier (-1 for a new one). */
export type RowsOfBoth = {
  readonly before: RowLists;
  readonly after: RowLists;
  readonly oldIndex: Int32Array;
  /** A node that both have stands in one slot. */
  readonly slots: Slots;
};

type RowLists = { readonly outbound: readonly PolicyRow[]; readonly inbound: readonly PolicyRow[] };

/**
 * The pairs of nodes both answers have whose sets may differ, as `from * stride + to`, ascending. Rows that are one
 * object have not changed, so the cost follows what an edit touched.
 */
export function touchedPairs({ before, after, oldIndex, slots }: RowsOfBoth, stride: number): readonly number[] {
  const touched = new Set<number>();
  const compare = createRowCompare(oldIndex, slots);
  oldIndex.forEach((old, node) => {
    if (old < 0) return;
    for (const peer of compare(before.outbound[old], after.outbound[node])) touched.add(node * stride + peer);
    for (const peer of compare(before.inbound[old], after.inbound[node])) touched.add(peer * stride + node);
  });
  return [...touched].sort((a, b) => a - b);
}

type RowCompare = (before: PolicyRow | undefined, after: PolicyRow | undefined) => readonly number[];

const NONE: readonly number[] = [];

/** Policies share rows, so a pair of rows is compared once. */
function createRowCompare(oldIndex: Int32Array, slots: Slots): RowCompare {
  const known = new Map<PolicyRow, Map<PolicyRow, readonly number[]>>();
  return (before, after) => {
    if (before === undefined || after === undefined || before === after) return NONE;
    const byBefore = known.get(before) ?? new Map<PolicyRow, readonly number[]>();
    known.set(before, byBefore);
    const found = byBefore.get(after) ?? differences([before, after], oldIndex, slots);
    byBefore.set(after, found);
    return found;
  };
}

function differences(
  [before, after]: readonly [PolicyRow, PolicyRow],
  oldIndex: Int32Array,
  { ofNode }: Slots,
): readonly number[] {
  const found: number[] = [];
  for (let peer = 0; peer < oldIndex.length; peer += 1) {
    const slot = ofNode[peer] ?? 0;
    if ((oldIndex[peer] ?? -1) >= 0 && idAt(before, slot) !== idAt(after, slot)) found.push(peer);
  }
  return found;
}
