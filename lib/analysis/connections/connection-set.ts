import {
  type Bound,
  combine,
  type Diagram,
  LEVEL,
  type Level,
  mapValues,
  NO,
  sameDiagram,
  valueAt,
  YES,
} from "#analysis/connections/diagram.ts";
import type { Packet } from "#policy/packet.ts";

/**
 * An exact set of connections: family, protocol, ports or ICMP kinds and, where rules name networks, addresses.
 * Canonical: equal sets have equal diagrams.
 */
export type ConnectionSet = Diagram<boolean>;

/** Every connection. */
export const EVERYTHING: ConnectionSet = YES;

/** No connection. */
export const NOTHING: ConnectionSet = NO;

/** Connections in either set. */
export function union(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  return combine(a, b, UNION);
}

/** Connections in both sets. */
export function intersect(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  return combine(a, b, INTERSECTION);
}

/** Connections in the first set only. */
export function subtract(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  return combine(a, b, DIFFERENCE);
}

/** Every connection that is not in the set. */
export function complement(set: ConnectionSet): ConnectionSet {
  return mapValues(set, (isIn) => !isIn);
}

/** True when no connection is in the set. */
export function isEmpty(set: ConnectionSet): boolean {
  return set.kind === "leaf" && !set.value;
}

/** True when both hold the same connections. */
export function equals(a: ConnectionSet, b: ConnectionSet): boolean {
  return sameDiagram(a, b);
}

/** True when the packet is in the set. A packet without ports or ICMP type is in it only if none of them matters. */
export function contains(set: ConnectionSet, packet: Packet): boolean {
  return valueAt(set, (level) => coordinateOf(packet, level));
}

/** A packet's coordinate on one level of a diagram. */
export function coordinateOf(packet: Packet, level: Level): Bound {
  switch (level) {
    case LEVEL.family:
      return packet.family;
    case LEVEL.protocol:
      return packet.protocol;
    case LEVEL.first:
      return packet.srcPort ?? packet.icmpType ?? 0;
    case LEVEL.second:
      return packet.dstPort ?? packet.icmpCode ?? 0;
    case LEVEL.src:
      return packet.src;
    case LEVEL.dst:
      return packet.dst;
    default:
      throw new Error(`a packet has no coordinate ${level}`);
  }
}

/** A text that two sets share exactly when they are equal; for look-ups, not for people. */
export function connectionSetKey(set: ConnectionSet): string {
  if (set.kind === "leaf") return set.value ? "1" : "0";
  const parts = set.starts.map((start, index) => `${start}${connectionSetKey(set.children[index] ?? NO)}`);
  return `${set.level}(${parts.join(",")})`;
}

const UNION = {
  values: (a: boolean, b: boolean) => a || b,
  shortcut: (a: ConnectionSet, b: ConnectionSet) => {
    if (a === b) return a;
    if (a.kind === "leaf") return a.value ? YES : b;
    return b.kind === "leaf" ? (b.value ? YES : a) : undefined;
  },
};

const INTERSECTION = {
  values: (a: boolean, b: boolean) => a && b,
  shortcut: (a: ConnectionSet, b: ConnectionSet) => {
    if (a === b) return a;
    if (a.kind === "leaf") return a.value ? b : NO;
    return b.kind === "leaf" ? (b.value ? a : NO) : undefined;
  },
};

const DIFFERENCE = {
  values: (a: boolean, b: boolean) => a && !b,
  shortcut: (a: ConnectionSet, b: ConnectionSet) => {
    if (a === b) return NO;
    if (a.kind === "leaf" && !a.value) return NO;
    return b.kind === "leaf" ? (b.value ? NO : a) : undefined;
  },
};
