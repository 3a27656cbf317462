import { type ConnectionSet, isEmpty } from "#analysis/connections/connection-set.ts";
import { type Bound, LEVEL, type Level, restrict } from "#analysis/connections/diagram.ts";
import type { Packet } from "#policy/packet.ts";
import { hasPorts, ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";

/** An address for a family where the set leaves it open. */
export type UsualAddress = (end: "src" | "dst", family: Family) => bigint;

const TCP = 6;
const UDP = 17;
/** What people expect to see in an example, best first. */
const USUAL_PROTOCOLS: readonly number[] = [TCP, UDP, ICMP, ICMPV6];
const USUAL_PORTS: readonly number[] = [80, 443, 22];
const USUAL_SOURCE_PORTS: readonly number[] = [40_000];
const ECHO_REQUESTS: readonly number[] = [8, 128];

/** One packet of the set, the plainest there is: IPv4 before IPv6, tcp before others, well-known ports; none when empty. */
export function somePacket(set: ConnectionSet, usual: UsualAddress): Packet | undefined {
  if (isEmpty(set)) return undefined;
  const [family, inFamily] = pick(set, LEVEL.family, [4, 6]);
  const [protocol, inProtocol] = pick(inFamily, LEVEL.protocol, USUAL_PROTOCOLS);
  const isIcmp = protocol === ICMP || protocol === ICMPV6;
  const [first, inFirst] = pick(inProtocol, LEVEL.first, isIcmp ? ECHO_REQUESTS : [...USUAL_SOURCE_PORTS, 0]);
  const [second, inSecond] = pick(inFirst, LEVEL.second, isIcmp ? [0] : [...USUAL_PORTS, 0]);
  const ofFamily: Family = family === 6 ? 6 : 4;
  const [src, inSrc] = pick(inSecond, LEVEL.src, [usual("src", ofFamily)]);
  const [dst] = pick(inSrc, LEVEL.dst, [usual("dst", ofFamily)]);
  const header = isIcmp
    ? { icmpType: Number(first), icmpCode: Number(second) }
    : hasPorts(Number(protocol))
      ? { srcPort: Number(first), dstPort: Number(second) }
      : {};
  return { family: ofFamily, protocol: Number(protocol), src: BigInt(src), dst: BigInt(dst), ...header };
}

/** The first wanted value that leaves something of the set, else the least one that does. */
function pick(set: ConnectionSet, level: Level, wanted: readonly Bound[]): readonly [Bound, ConnectionSet] {
  for (const value of [...wanted, ...startsOf(set, level)]) {
    const rest = restrict(set, level, value);
    if (!isEmpty(rest)) return [value, rest];
  }
  throw new Error("a set without packets");
}

function startsOf(set: ConnectionSet, level: Level): readonly Bound[] {
  return set.kind === "branch" && set.level === level ? set.starts : [];
}
