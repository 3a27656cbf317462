import type { PlacedNode } from "#analysis/reach-node.ts";
import { createPeerIndex } from "#analysis/rows/peer-signatures.ts";
import {
  carryRow,
  computeRow,
  freeRow,
  type PeerChange,
  type PolicyRow,
  type RowKey,
  type RowWorld,
  type Run,
  rowKey,
} from "#analysis/rows/policy-row.ts";
import { once } from "#policy/evaluation/resolve-place.ts";
import type { Direction } from "#policy/rule.ts";

/** The rows of every node in both directions, and by key so that the next answer can go on from them. */
export type Rows = {
  readonly outbound: readonly PolicyRow[];
  readonly inbound: readonly PolicyRow[];
  readonly byKey: ReadonlyMap<RowKey, PolicyRow>;
};

/** Rows of an earlier answer and how the nodes have changed since. */
export type EarlierRows = { readonly rows: Rows; readonly change: PeerChange };

/**
 * One row per distinct policy. A row of an earlier answer is carried over and patched where nodes changed; what an edit
 * did not touch is the same object as before.
 */
export function makeRows(world: RowWorld, earlier?: EarlierRows): Rows {
  const byKey = new Map<RowKey, PolicyRow>();
  const free = freeRow(world.placed.length);
  const peers = once(() => createPeerIndex(world.placed));
  const rowOf = (own: PlacedNode<unknown>, direction: Direction): PolicyRow => {
    if (own.profileIds === undefined) return free;
    const policy = { own, direction };
    const key = rowKey(world, policy);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const before = earlier?.rows.byKey.get(key);
    const row =
      before === undefined || earlier === undefined
        ? computeRow(world, policy, peers())
        : carryRow(world, policy, { row: before, change: earlier.change });
    byKey.set(key, row);
    return row;
  };
  return {
    outbound: world.placed.map((own) => rowOf(own, "outbound")),
    inbound: world.placed.map((own) => rowOf(own, "inbound")),
    byKey,
  };
}

/** How these nodes differ from earlier ones, told apart by name. */
export function changeOfPeers(before: Named, after: Named): PeerChange {
  const isSameList =
    before.names.length === after.names.length && before.names.every((name, i) => name === after.names[i]);
  const indexByName = isSameList ? undefined : new Map(before.names.map((name, index) => [name, index]));
  const oldIndex = indexByName && Int32Array.from(after.names, (name) => indexByName.get(name) ?? -1);
  const peers = after.placed.flatMap((node, index) => {
    const old = before.placed[oldIndex?.[index] ?? index];
    const isNew = oldIndex !== undefined && (oldIndex[index] ?? -1) < 0;
    if (old === node && !isNew) return [];
    const tags = isNew || old === undefined ? new Set<string>() : tagDifference(old.tags, node.tags);
    const isMoved = !isNew && old !== undefined && isElsewhere(old, node);
    return isNew || isMoved || tags.size > 0 ? [{ index, isNew, tags, isMoved }] : [];
  });
  return { ...(oldIndex === undefined ? {} : { oldIndex }), runs: runsOf(oldIndex ?? new Int32Array(0)), peers };
}

function runsOf(oldIndex: Int32Array): readonly Run[] {
  const runs: { start: number; oldStart: number; count: number }[] = [];
  oldIndex.forEach((old, start) => {
    if (old < 0) return;
    const last = runs.at(-1);
    const isNext = last !== undefined && last.start + last.count === start && last.oldStart + last.count === old;
    if (isNext) last.count += 1;
    else runs.push({ start, oldStart: old, count: 1 });
  });
  return runs;
}

/** Nodes and their names, which are unique. */
export type Named = { readonly placed: readonly PlacedNode<unknown>[]; readonly names: readonly string[] };

function isElsewhere(a: PlacedNode<unknown>, b: PlacedNode<unknown>): boolean {
  return a.facts.address(4) !== b.facts.address(4) || a.facts.address(6) !== b.facts.address(6);
}

function tagDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((tag) => !b.has(tag)), ...[...b].filter((tag) => !a.has(tag))]);
}
