import { parseAddress } from "#policy/address.ts";
import { decide, type PolicyView } from "#policy/decide.ts";
import { endpointToHostAction } from "#policy/default-endpoint-to-host.ts";
import { isDhcp, isHostExemption } from "#policy/evaluation/host-exemptions.ts";
import type { Membership } from "#policy/evaluation/match-rule.ts";
import { isLinkLocal, isOwnHost, isPoliced, type Party, type PolicedParty } from "#policy/evaluation/party.ts";
import { createPlaceResolver, once } from "#policy/evaluation/resolve-place.ts";
import { unnamedAddresses } from "#policy/evaluation/unnamed-address.ts";
import type { Evaluation, NoRuleReason, Packet, Place, Probe, SideVerdict, Verdict } from "#policy/packet.ts";
import type { Direction, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { tagMembers } from "#policy/tag-members.ts";

/**
 * Answers probes as the data plane would, in the order a packet meets things (policy-model 2, evaluation.md):
 *
 *   source address ─▶ INVALID ─▶ established ─┬▶ own host: exemptions, then the host's default, then outbound
 *   (raw table)        drops      accepts     └▶ MAC ─▶ sender's outbound ─▶ receiver's inbound
 *
 * Both sides are always answered, so that a pair stopped by one side still shows what the other would do. Addresses
 * a place does not have (a profile's, a host's of another family) stand in no network and no tag (E2).
 */
type Journey = {
  readonly sender: Party;
  readonly receiver: Party;
  readonly probe: Probe;
  readonly packet: Packet;
  readonly view: PolicyView;
  readonly snapshot: Snapshot;
};

/** Prepares a snapshot for many probes; indexes are built when first needed. Never throws on a parsed probe. */
export function createEvaluator(snapshot: Snapshot): (probe: Probe) => Evaluation {
  const places = createPlaceResolver(snapshot);
  const members = once(() => tagMembers(snapshot));
  const unnamed = { 4: once(() => unnamedAddresses(snapshot, 4, 3)), 6: once(() => unnamedAddresses(snapshot, 6, 3)) };
  const isListed: Membership = (tag, family, address) => members().get(tag)?.[family].has(address) ?? false;
  return (probe) => {
    const sender = places.sender(probe.src, probe.ipVersion);
    const receiver = places.receiver(probe.dst, probe.ipVersion, sender);
    const given = {
      src: addressOf(probe.srcIp ?? addressIn(probe.src), sender),
      dst: addressOf(probe.dstIp ?? addressIn(probe.dst), receiver),
    };
    const packet = packetOf(probe, distinctEnds(given, unnamed[probe.ipVersion]));
    const view = { profiles: snapshot.profiles, isMember: membershipOf(isListed, packet, [sender, receiver]) };
    return judge({ sender, receiver, probe, packet, view, snapshot });
  };
}

/** Answers one probe. For several probes of one snapshot use createEvaluator. */
export function evaluate(snapshot: Snapshot, probe: Probe): Evaluation {
  return createEvaluator(snapshot)(probe);
}

/** Stands an unnamed address in for an unknown end, another one than the other end's. */
function distinctEnds(
  { src, dst }: { readonly src: bigint | undefined; readonly dst: bigint | undefined },
  unnamed: () => readonly bigint[],
): Pick<Packet, "src" | "dst"> {
  const knownSrc = src ?? unnamed().find((address) => address !== dst) ?? 0n;
  return { src: knownSrc, dst: dst ?? unnamed().find((address) => address !== knownSrc) ?? 0n };
}

function addressIn(place: Place): string | undefined {
  return place.kind === "ip" ? place.address : undefined;
}

function addressOf(given: string | undefined, party: Party): bigint | undefined {
  if (given !== undefined) {
    const address = parseAddress(given);
    if (address.ok) return address.value.value;
  }
  switch (party.kind) {
    case "workload":
      return party.addresses[0];
    case "hypothetical":
      return undefined;
    case "host":
    case "outside":
      return party.address;
  }
}

function packetOf(probe: Probe, ends: Pick<Packet, "src" | "dst">): Packet {
  const { ipVersion, protocol, srcPort, dstPort, icmpType, icmpCode } = probe;
  return {
    family: ipVersion,
    protocol,
    ...ends,
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    ...(icmpType === undefined ? {} : { icmpType }),
    ...(icmpCode === undefined ? {} : { icmpCode }),
  };
}

/** Hypothetical endpoints are members of their profile's tags beside those who really are. */
function membershipOf(isListed: Membership, packet: Packet, [sender, receiver]: readonly [Party, Party]): Membership {
  if (sender.kind !== "hypothetical" && receiver.kind !== "hypothetical") return isListed;
  return (tag, family: Family, address) =>
    isListed(tag, family, address) ||
    (sender.kind === "hypothetical" && address === packet.src && sender.tags.has(tag)) ||
    (receiver.kind === "hypothetical" && address === packet.dst && receiver.tags.has(tag));
}

function judge(journey: Journey): Evaluation {
  const { sender, receiver } = journey;
  // What a host sends leaves through OUTPUT, which carries no workload policy (2.3), whatever the endpoint's state.
  if (isOwnHost(receiver, sender)) return both(side("allow", "outbound", "not-policed"), notPoliced("inbound"));
  if (isOwnHost(sender, receiver)) return both(judgeTowardsHost(journey), notPoliced("inbound"));
  const outbound = isPoliced(sender) ? judgeSender(journey, sender) : notPoliced("outbound");
  if (!isPoliced(receiver)) return both(outbound, notPoliced("inbound"));
  if (outbound.verdict === "deny" && STOPPED_BEFORE_POLICY.has(outbound.decidedBy.kind)) {
    return both(outbound, side("deny", "inbound", "other-side-denied"));
  }
  return both(outbound, judgeReceiver(journey, receiver));
}

/** Reasons that say the packet never was what the probe claims, so that the other side has nothing to answer. */
const STOPPED_BEFORE_POLICY: ReadonlySet<string> = new Set<NoRuleReason>([
  "spoofed-source",
  "wrong-mac",
  "no-address",
  "endpoint-unknown",
]);

function both(sender: SideVerdict, receiver: SideVerdict): Evaluation {
  const verdict = sender.verdict === "allow" && receiver.verdict === "allow" ? "allow" : "deny";
  return { verdict, sender, receiver };
}

function judgeSender(journey: Journey, sender: PolicedParty): SideVerdict {
  if (sender.kind === "workload") {
    if (isSpoofed(journey, sender)) return side("deny", "outbound", "spoofed-source");
    if (hasNoAddress(sender)) return side("deny", "outbound", "no-address");
  }
  return byConnection(journey, "outbound") ?? judgeOutbound(journey, sender);
}

function judgeReceiver(journey: Journey, receiver: PolicedParty): SideVerdict {
  if (receiver.kind === "workload" && (hasNoAddress(receiver) || isElsewhere(journey, receiver))) {
    return side("deny", "inbound", "no-address");
  }
  return (
    byConnection(journey, "inbound") ??
    byState(receiver, "inbound") ??
    decide(journey.view, { profileIds: receiver.profileIds, direction: "inbound" }, journey.packet)
  );
}

function judgeTowardsHost(journey: Journey): SideVerdict {
  const { sender, packet, snapshot } = journey;
  if (sender.kind !== "workload") return notPoliced("outbound");
  if (isSpoofed(journey, sender) && !isWithoutAddressYet(packet)) return side("deny", "outbound", "spoofed-source");
  const known = byConnection(journey, "outbound");
  if (known !== undefined) return known;
  if (isHostExemption(packet)) return side("allow", "outbound", "host-exemption");
  if (endpointToHostAction(snapshot, sender.host ?? "") === "DROP") {
    return side("deny", "outbound", "default-endpoint-to-host");
  }
  return judgeOutbound(journey, sender);
}

function judgeOutbound(journey: Journey, sender: PolicedParty): SideVerdict {
  const stopped = byState(sender, "outbound");
  if (stopped !== undefined) return stopped;
  const { srcMac } = journey.probe;
  const mac = sender.kind === "workload" ? sender.mac : undefined;
  if (mac !== undefined && srcMac !== undefined && mac !== srcMac) return side("deny", "outbound", "wrong-mac");
  return decide(journey.view, { profileIds: sender.profileIds, direction: "outbound" }, journey.packet);
}

/** Only a source the probe states can be false; without one the packet carries an address of the place. */
function isSpoofed({ probe, packet }: Journey, { addresses }: Extract<Party, { kind: "workload" }>): boolean {
  return probe.srcIp !== undefined && !addresses.includes(packet.src);
}

/** A client that has no address yet: asking for one over DHCP, or speaking on the wire only (IPv6). */
function isWithoutAddressYet(packet: Packet): boolean {
  return isLinkLocal(packet.family, packet.src) || (packet.src === 0n && isDhcp(packet));
}

/** Nothing is known of the addresses of an endpoint that is not there; one that is there without any cannot speak. */
function hasNoAddress(party: Extract<Party, { kind: "workload" }>): boolean {
  const isKnown = party.state === "active" || party.state === "inactive";
  return isKnown && party.addresses.length === 0;
}

/** A packet for another address is not routed to this endpoint. */
function isElsewhere({ probe, packet }: Journey, { addresses }: Extract<Party, { kind: "workload" }>): boolean {
  return probe.dstIp !== undefined && addresses.length > 0 && !addresses.includes(packet.dst);
}

function byConnection({ probe }: Journey, direction: Direction): SideVerdict | undefined {
  switch (probe.connectionState) {
    case "invalid":
      return side("deny", direction, "conntrack-invalid");
    case "established":
    case "related":
      return side("allow", direction, "conntrack-established");
    case "new":
      return undefined;
  }
}

function byState(party: PolicedParty, direction: Direction): SideVerdict | undefined {
  if (party.kind === "hypothetical") return undefined;
  switch (party.state) {
    case "inactive":
      return side("deny", direction, "endpoint-inactive");
    case "invalid":
      return side("deny", direction, "endpoint-invalid");
    case "unknown":
      return side("deny", direction, "endpoint-unknown");
    case "active":
      return undefined;
  }
}

function notPoliced(direction: Direction): SideVerdict {
  return side("allow", direction, "not-policed");
}

function side(verdict: Verdict, direction: Direction, kind: NoRuleReason): SideVerdict {
  return { verdict, direction, decidedBy: { kind }, trace: [] };
}
