import { type ConnectionSet, isEmpty } from "#analysis/connections/connection-set.ts";
import { leafValues, mapValues } from "#analysis/connections/diagram.ts";
import { type Decision, policyDiagram } from "#analysis/connections/policy-diagram.ts";
import { somePacket } from "#analysis/connections/some-packet.ts";
import type { Finding, WitnessProbe } from "#analysis/findings/finding.ts";
import { placeRule } from "#analysis/findings/rule-findings.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { type PlacedNode, type Placement, placeNodes } from "#analysis/reach/reach-node.ts";
import { formatAddress } from "#policy/address.ts";
import type { Packet } from "#policy/packet.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Snapshot } from "#policy/snapshot.ts";

type Unnamed = Placement["unnamed"];

const known = new WeakMap<Profile, { readonly unnamed: Unnamed; readonly found: readonly Finding[] }>();

/** Every rule that lets in connections from an address nobody knows, each with one such packet. */
export function exposureFindings(snapshot: Snapshot, placement: Placement = placeNodes(snapshot)): readonly Finding[] {
  const [world] = placement.placed;
  if (world === undefined) return [];
  const { unnamed } = placement;
  return placement.placed.flatMap((placed) => {
    const profile = placed.node.kind === "profile" ? snapshot.profiles.get(placed.node.id) : undefined;
    if (profile === undefined) return [];
    const remembered = known.get(profile);
    if (remembered !== undefined && isSamePlace(remembered.unnamed, unnamed)) return remembered.found;
    const found = exposedRules(snapshot, placement, { world, placed, profile: profile.id });
    known.set(profile, { unnamed, found });
    return found;
  });
}

function isSamePlace(a: Unnamed, b: Unnamed): boolean {
  return a === b || (a[4] === b[4] && a[6] === b[6]);
}

type Exposed = { readonly world: PlacedNode; readonly placed: PlacedNode; readonly profile: ProfileId };

function exposedRules(
  snapshot: Snapshot,
  { unnamed }: Placement,
  { world, placed, profile }: Exposed,
): readonly Finding[] {
  const policy = { profiles: snapshot.profiles, profileIds: [profile], direction: "inbound" } as const;
  const diagram = policyDiagram(policy, { src: world.facts, dst: placed.facts }, (decision) => decision);
  const decisions = [...new Set(leafValues(diagram))].filter(({ verdict }) => verdict === "allow");
  return decisions.sort(byPosition).flatMap((decision): readonly Finding[] => {
    const { decidedBy } = decision;
    const set: ConnectionSet = mapValues(diagram, (each) => each === decision);
    const packet = somePacket(set, (_end, family) => unnamed[family]);
    if (decidedBy.kind !== "rule" || isEmpty(set) || packet === undefined) return [];
    const place = placeRule({ profile, direction: "inbound", position: decidedBy.position }, decidedBy.rule);
    const connections = formatConnectionSet(set);
    return [{ kind: "open-to-world", ...place, connections, witness: witnessOf(packet, profile), severity: "notice" }];
  });
}

function byPosition(a: Decision, b: Decision): number {
  const [x, y] = [a.decidedBy, b.decidedBy];
  return (x.kind === "rule" ? x.position : 0) - (y.kind === "rule" ? y.position : 0);
}

function witnessOf(packet: Packet, profile: ProfileId): WitnessProbe {
  const { family, protocol, src, srcPort, dstPort, icmpType, icmpCode } = packet;
  return {
    ...{
      src: { ip: formatAddress(family, src) },
      dst: { profile },
      ip_version: family,
      protocol: formatProtocol(protocol),
    },
    ...(srcPort === undefined ? {} : { src_port: srcPort }),
    ...(dstPort === undefined ? {} : { dst_port: dstPort }),
    ...(icmpType === undefined ? {} : { icmp_type: icmpType }),
    ...(icmpCode === undefined ? {} : { icmp_code: icmpCode }),
  };
}
