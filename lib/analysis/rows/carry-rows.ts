import type { PlacedNode } from "#analysis/reach/reach-node.ts";
import { createPeerIndex } from "#analysis/rows/peer-signatures.ts";
import {
  type ChangedPeer,
  carryRow,
  computeRow,
  FREE_ROW,
  type PeerChange,
  type PolicyRow,
  type RowKey,
  type RowWorld,
  rowKey,
  type Slots,
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
  const peers = once(() => createPeerIndex(world.placed));
  const rowOf = (own: PlacedNode<unknown>, direction: Direction): PolicyRow => {
    if (own.profileIds === undefined) return FREE_ROW;
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

/** Nodes with their names, which are unique, and their slots. */
export type Named = {
  readonly placed: readonly PlacedNode<unknown>[];
  readonly names: readonly string[];
  readonly slots: Slots;
};

/** Slots for nodes that nothing is known about. */
export function freshSlots(count: number): Slots {
  return { ofNode: Int32Array.from({ length: count }, (_, index) => index), count };
}

/** Slots left behind by nodes that are gone are not used again; when there are many, rows are made anew. */
export function areSlotsWorn({ slots, names }: Named): boolean {
  return slots.count > 2 * names.length + 1_000;
}

/** Nodes keep the slot they had under their name, new ones get a new one; and how they differ from before. */
export function carrySlots(
  before: Named,
  after: Pick<Named, "placed" | "names">,
): { readonly slots: Slots; readonly change: PeerChange } {
  const indexByName = new Map(before.names.map((name, index) => [name, index]));
  let { count } = before.slots;
  const ofNode = new Int32Array(after.names.length);
  const change: ChangedPeer[] = [];
  after.placed.forEach((node, index) => {
    const oldIndex = indexByName.get(after.names[index] ?? "");
    const old = oldIndex === undefined ? undefined : before.placed[oldIndex];
    if (oldIndex === undefined || old === undefined) {
      ofNode[index] = count;
      count += 1;
      change.push({ index, isNew: true, tags: NO_TAGS, isMoved: false });
      return;
    }
    ofNode[index] = before.slots.ofNode[oldIndex] ?? 0;
    if (old === node) return;
    const tags = tagDifference(old.tags, node.tags);
    const isMoved = isElsewhere(old, node);
    if (isMoved || tags.size > 0) change.push({ index, isNew: false, tags, isMoved });
  });
  return { slots: { ofNode, count }, change };
}

const NO_TAGS: ReadonlySet<string> = new Set();

function isElsewhere(a: PlacedNode<unknown>, b: PlacedNode<unknown>): boolean {
  return a.facts.address(4) !== b.facts.address(4) || a.facts.address(6) !== b.facts.address(6);
}

function tagDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((tag) => !b.has(tag)), ...[...b].filter((tag) => !a.has(tag))]);
}
