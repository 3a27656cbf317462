import { policyDiagram } from "#analysis/connections/policy-diagram.ts";
import type { PlacedNode } from "#analysis/reach/reach-node.ts";
import {
  type Asked,
  askedOf,
  joinAsked,
  type PeerIndex,
  signatureOf,
  signatures,
} from "#analysis/rows/peer-signatures.ts";
import { EVERYTHING_ID, type SetTable } from "#analysis/rows/set-table.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";

/** For each node as the other end, the number of the set of connections that one policy allows in one direction. */
export type PolicyRow = {
  /** By the node's slot; slots beyond the end have the plain number. */
  readonly ids: Int32Array;
  /** The number for a node that answers no to everything that is asked; -1 while there was none. */
  readonly plain: number;
  readonly asked: Asked;
  /** The numbers by the other end's signature, for nodes that come later. */
  readonly idBySignature: Map<string, number>;
};

/** Everything rows are made from. */
export type RowWorld = {
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  readonly placed: readonly PlacedNode<unknown>[];
  /** Where each node stands in the rows; a node keeps its slot from answer to answer. */
  readonly slots: Slots;
  readonly sets: SetTable;
};

/** The slot of each node by its index; no two share one. */
export type Slots = { readonly ofNode: Int32Array; readonly count: number };

/** The number for the node in a slot. */
export function idAt(row: PolicyRow, slot: number): number {
  return row.ids[slot] ?? row.plain;
}

/** One node's policy in one direction. */
export type OwnPolicy = { readonly own: PlacedNode<unknown>; readonly direction: Direction };

export type RowKey = string;

/** The row of an end without policy. */
export const FREE_ROW: PolicyRow = {
  ids: new Int32Array(0),
  plain: EVERYTHING_ID,
  asked: { tags: [], nets: [] },
  idBySignature: new Map([["", EVERYTHING_ID]]),
};

/**
 * Policies with one key have one row: the same rules in the same order, and the same answers to what these ask about
 * the endpoint that has them.
 */
export function rowKey(world: RowWorld, { own, direction }: OwnPolicy): RowKey {
  const known = keysByNode.get(own);
  if (known !== undefined) return known[direction];
  const keys = { inbound: makeKey(world, own, "inbound"), outbound: makeKey(world, own, "outbound") };
  keysByNode.set(own, keys);
  return keys[direction];
}

/** A node is placed anew when its profile is another value, so its keys stay true. */
const keysByNode = new WeakMap<PlacedNode<unknown>, Readonly<Record<Direction, RowKey>>>();

function makeKey({ profiles }: RowWorld, own: PlacedNode<unknown>, direction: Direction): RowKey {
  const parts: string[] = [direction];
  for (const id of own.profileIds ?? []) {
    const leaf = profiles.get(id)?.rules;
    if (leaf?.kind !== "valid") {
      // Nothing after a profile that drops is reached.
      parts.push("drop");
      break;
    }
    parts.push(`${numberOf(leaf.value)}:${signatureOf(askedOf(leaf.value, direction).own, own)}`);
  }
  return parts.join(" ");
}

/** Computes a policy's answer for every node: one diagram for each class of nodes that it can tell apart. */
export function computeRow(world: RowWorld, policy: OwnPolicy, peers: PeerIndex): PolicyRow {
  const asked = askedOfPeers(world, policy);
  const marked = signatures(asked, peers);
  const idBySignature = new Map<string, number>();
  const first = world.placed.findIndex((_, index) => !marked.has(index));
  const plain = first < 0 ? -1 : idFor(world, policy, { idBySignature, peer: first, signature: "" });
  const ids = new Int32Array(world.slots.count).fill(plain);
  for (const [peer, signature] of marked) {
    ids[world.slots.ofNode[peer] ?? 0] = idFor(world, policy, { idBySignature, peer, signature });
  }
  return { ids, plain, asked, idBySignature };
}

/** The row for other nodes: the same object unless a node that is new or changed makes a difference to it. */
export function carryRow(world: RowWorld, policy: OwnPolicy, { row, change }: Carried): PolicyRow {
  const patches: (readonly [slot: number, id: number])[] = [];
  for (const peer of change) {
    const node = world.placed[peer.index];
    if (node === undefined || !(peer.isNew || concerns(row.asked, peer))) continue;
    const signature = signatureOf(row.asked, node);
    const { idBySignature } = row;
    const slot = world.slots.ofNode[peer.index] ?? 0;
    const id = idFor(world, policy, { idBySignature, peer: peer.index, signature });
    if (idAt(row, slot) !== id) patches.push([slot, id]);
  }
  if (patches.length === 0) return row;
  const ids = new Int32Array(world.slots.count).fill(row.plain);
  ids.set(row.ids);
  for (const [slot, id] of patches) ids[slot] = id;
  return { ...row, ids };
}

export type Carried = { readonly row: PolicyRow; readonly change: PeerChange };

/** How the nodes differ from those a row was made for: nodes that are gone do not matter. */
export type PeerChange = readonly ChangedPeer[];

export type ChangedPeer = {
  readonly index: number;
  readonly isNew: boolean;
  /** Tags it holds now or held before, not both. */
  readonly tags: ReadonlySet<string>;
  /** Its address is another one. */
  readonly isMoved: boolean;
};

function concerns({ tags, nets }: Asked, peer: ChangedPeer): boolean {
  return (peer.isMoved && nets.length > 0) || tags.some((tag) => peer.tags.has(tag));
}

type Wanted = {
  readonly idBySignature: Map<string, number>;
  readonly peer: number;
  readonly signature: string;
};

function idFor(world: RowWorld, { own, direction }: OwnPolicy, { idBySignature, peer, signature }: Wanted): number {
  const known = idBySignature.get(signature);
  if (known !== undefined) return known;
  const other = world.placed[peer] ?? own;
  const ends = direction === "outbound" ? { src: own.facts, dst: other.facts } : { src: other.facts, dst: own.facts };
  const policy = { profiles: world.profiles, profileIds: own.profileIds ?? [], direction };
  const id = world.sets.idOf(policyDiagram(policy, ends, ({ verdict }) => verdict === "allow"));
  idBySignature.set(signature, id);
  return id;
}

function askedOfPeers({ profiles }: RowWorld, { own, direction }: OwnPolicy): Asked {
  const parts: Asked[] = [];
  for (const id of own.profileIds ?? []) {
    const leaf = profiles.get(id)?.rules;
    if (leaf?.kind !== "valid") break;
    parts.push(askedOf(leaf.value, direction).peer);
  }
  return joinAsked(parts);
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** A number for a rules value; equal texts are one value in practice, so equal rules mostly share it. */
function numberOf(value: object): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(value, lastNumber);
  return lastNumber;
}
