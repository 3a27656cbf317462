import { policyDiagram } from "#analysis/policy-diagram.ts";
import type { PlacedNode } from "#analysis/reach-node.ts";
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
  readonly ids: Int32Array;
  readonly asked: Asked;
  /** The numbers by the other end's signature, for nodes that come later. */
  readonly idBySignature: Map<string, number>;
};

/** Everything rows are made from. */
export type RowWorld = {
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  readonly placed: readonly PlacedNode<unknown>[];
  readonly sets: SetTable;
};

/** One node's policy in one direction. */
export type OwnPolicy = { readonly own: PlacedNode<unknown>; readonly direction: Direction };

export type RowKey = string;

/** The row of an end without policy. */
export function freeRow(count: number): PolicyRow {
  const asked = { tags: [], nets: [] };
  return { ids: new Int32Array(count).fill(EVERYTHING_ID), asked, idBySignature: new Map([["", EVERYTHING_ID]]) };
}

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
  const row: PolicyRow = { ids: new Int32Array(world.placed.length), asked, idBySignature: new Map() };
  const plain = world.placed.findIndex((_, index) => !marked.has(index));
  if (plain >= 0) row.ids.fill(idFor(world, policy, { row, peer: plain, signature: "" }));
  for (const [peer, signature] of marked) row.ids[peer] = idFor(world, policy, { row, peer, signature });
  return row;
}

/** The row for other nodes: the old numbers where the node is the same, new ones for nodes that are new or changed. */
export function carryRow(world: RowWorld, policy: OwnPolicy, { row, change }: Carried): PolicyRow {
  const affected = change.peers.filter((peer) => peer.isNew || concerns(row.asked, peer));
  if (affected.length === 0 && change.oldIndex === undefined) return row;
  const ids = change.oldIndex === undefined ? row.ids.slice() : rearranged(row.ids, change.oldIndex, change.runs);
  const carried = { ...row, ids };
  for (const { index: peer } of affected) {
    const node = world.placed[peer];
    if (node === undefined) continue;
    ids[peer] = idFor(world, policy, { row, peer, signature: signatureOf(row.asked, node) });
  }
  return carried;
}

export type Carried = { readonly row: PolicyRow; readonly change: PeerChange };

function rearranged(ids: Int32Array, { length }: Int32Array, runs: readonly Run[]): Int32Array {
  const next = new Int32Array(length);
  for (const { start, oldStart, count } of runs) next.set(ids.subarray(oldStart, oldStart + count), start);
  return next;
}

/** Nodes that stood one after the other before and still do. */
export type Run = { readonly start: number; readonly oldStart: number; readonly count: number };

/** How the nodes differ from those a row was made for. */
export type PeerChange = {
  /** For each node its index before, or -1; absent when the nodes are the same in the same order. */
  readonly oldIndex?: Int32Array;
  readonly runs: readonly Run[];
  readonly peers: readonly ChangedPeer[];
};

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

type Wanted = { readonly row: PolicyRow; readonly peer: number; readonly signature: string };

function idFor(world: RowWorld, { own, direction }: OwnPolicy, { row, peer, signature }: Wanted): number {
  const known = row.idBySignature.get(signature);
  if (known !== undefined) return known;
  const other = world.placed[peer] ?? own;
  const ends = direction === "outbound" ? { src: own.facts, dst: other.facts } : { src: other.facts, dst: own.facts };
  const policy = { profiles: world.profiles, profileIds: own.profileIds ?? [], direction };
  const id = world.sets.idOf(policyDiagram(policy, ends, ({ verdict }) => verdict === "allow"));
  row.idBySignature.set(signature, id);
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
