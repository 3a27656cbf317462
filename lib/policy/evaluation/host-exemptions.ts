import type { Packet } from "#policy/packet.ts";
import { ICMPV6 } from "#policy/protocol.ts";

const UDP = 17;
const DNS_PORT = 53;

/** MLD, router solicitation, neighbour solicitation and advertisement; not 134, which only routers send. */
const ICMPV6_TYPES: ReadonlySet<number> = new Set([130, 131, 132, 133, 135, 136]);

/** True for what an endpoint may always send to its own host, before policy and whatever its profiles (policy-model 2.9). */
export function isHostExemption(packet: Packet): boolean {
  return isDhcp(packet) || isDns(packet) || isIcmpv6Housekeeping(packet);
}

/** A client's DHCP request. */
export function isDhcp({ family, protocol, srcPort, dstPort }: Packet): boolean {
  const [client, server] = family === 4 ? [68, 67] : [546, 547];
  return protocol === UDP && srcPort === client && dstPort === server;
}

/** Over udp only: tcp to port 53 is judged like any other packet. */
function isDns({ protocol, dstPort }: Packet): boolean {
  return protocol === UDP && dstPort === DNS_PORT;
}

function isIcmpv6Housekeeping({ family, protocol, icmpType }: Packet): boolean {
  return family === 6 && protocol === ICMPV6 && icmpType !== undefined && ICMPV6_TYPES.has(icmpType);
}
