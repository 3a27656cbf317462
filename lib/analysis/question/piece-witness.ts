import type { ConnectionSet } from "#analysis/connections/connection-set.ts";
import { somePacket, type UsualAddress } from "#analysis/connections/some-packet.ts";
import { type NearestRule, nearestOf } from "#analysis/question/check.ts";
import type { AskedPlace } from "#analysis/question/parse-place.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import { formatAddress, parseAddress } from "#policy/address.ts";
import { createPlaceResolver } from "#policy/evaluation/resolve-place.ts";
import { unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Evaluation, Place, Probe } from "#policy/packet.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** One packet of a piece as a policy test writes it, and for a denied piece the rules that came closest to letting it through. */
export type PieceWitness = {
  readonly witness: Readonly<Record<string, unknown>>;
  readonly nearest?: { readonly sender?: NearestRule; readonly receiver?: NearestRule };
};

/** Prepares witnesses for the pieces between two places. */
export function createWitness(
  snapshot: Snapshot,
  places: readonly [AskedPlace, AskedPlace],
  evaluate: (probe: Probe) => Evaluation,
): (piece: RelationPiece) => PieceWitness | undefined {
  const probeIn = createProbing(snapshot, places);
  return ({ set, verdict }) => {
    const probe = probeIn(set);
    if (probe === undefined) return undefined;
    const witness = probeJson(probe);
    if (verdict === "allow") return { witness };
    const { sender, receiver } = evaluate(probe);
    const [near, far] = [nearestOf(sender), nearestOf(receiver)];
    if (near === undefined && far === undefined) return { witness };
    return { witness, nearest: { ...(near && { sender: near }), ...(far && { receiver: far }) } };
  };
}

/** Prepares to ask about one packet of a set of connections between two places; none when the set is empty. */
export function createProbing(
  snapshot: Snapshot,
  [from, to]: readonly [AskedPlace, AskedPlace],
): (set: ConnectionSet) => Probe | undefined {
  const places = createPlaceResolver(snapshot);
  const addressesOf = (place: AskedPlace, family: Family): readonly bigint[] => {
    if (place.kind !== "endpoint") return [];
    const party = places.sender(place, family);
    return party.kind === "workload" ? party.addresses : [];
  };
  const usual: UsualAddress = (end, family) => {
    const place = end === "src" ? from : to;
    return (
      usualAddress(place, family) ??
      addressesOf(place, family)[0] ??
      unnamedAddresses(snapshot, family, 2)[end === "src" ? 0 : 1] ??
      0n
    );
  };
  return (set) => {
    const packet = somePacket(set, usual);
    if (packet === undefined) return undefined;
    const { family, src, dst, ...header } = packet;
    const stated = (place: AskedPlace, address: bigint) =>
      addressesOf(place, family).length > 0 ? formatAddress(family, address) : undefined;
    const [srcIp, dstIp] = [stated(from, src), stated(to, dst)];
    return {
      ...{ src: placeOf(from, family, src), dst: placeOf(to, family, dst), ipVersion: family, connectionState: "new" },
      ...header,
      ...(srcIp === undefined ? {} : { srcIp }),
      ...(dstIp === undefined ? {} : { dstIp }),
    };
  };
}

function usualAddress(place: AskedPlace, family: Family): bigint | undefined {
  if (place.kind === "cidr") return place.cidr.family === family ? place.cidr.base : undefined;
  const address = place.kind === "address" ? parseAddress(place.address) : undefined;
  return address?.ok ? address.value.value : undefined;
}

function placeOf(place: AskedPlace, family: Family, address: bigint): Place {
  switch (place.kind) {
    case "endpoint":
    case "profile":
    case "host":
      return place;
    default:
      return { kind: "ip", address: formatAddress(family, address) };
  }
}

/** A probe as a policy test writes it. */
export function probeJson(probe: Probe): Readonly<Record<string, unknown>> {
  const { src, dst, ipVersion, protocol, srcPort, dstPort, icmpType, icmpCode, srcIp, dstIp } = probe;
  const fields = {
    ...{ src: placeJson(src), dst: placeJson(dst), ip_version: ipVersion, protocol: formatProtocol(protocol) },
    ...{ src_port: srcPort, dst_port: dstPort, icmp_type: icmpType, icmp_code: icmpCode, src_ip: srcIp, dst_ip: dstIp },
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function placeJson(place: Place): Readonly<Record<string, string>> {
  switch (place.kind) {
    case "ip":
      return { ip: place.address };
    case "profile":
      return { profile: place.id };
    case "endpoint":
      return { endpoint: place.name };
    case "host":
      return { host: place.name };
  }
}
