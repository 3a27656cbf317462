import { parseAddress } from "#policy/address.ts";
import { cidrContains, parseCidr } from "#policy/cidr.ts";
import type { Packet } from "#policy/packet.ts";
import type { Cidr, Family } from "#policy/rule.ts";

/** A packet as iptables sees it in one network namespace. */
export type SimulatedPacket = Packet & {
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly srcMac?: string;
  readonly state: "NEW" | "ESTABLISHED" | "RELATED" | "INVALID" | "UNTRACKED";
  /** What the rpfilter match finds: the source is routed back to where the packet came from. */
  readonly isRoutedBack: boolean;
};

/** What a line's matches may look at beside the packet. */
export type Surroundings = {
  readonly mark: number;
  readonly isMember: (set: string, address: bigint, family: Family) => boolean;
};

export type Target =
  | { readonly kind: "jump" | "goto"; readonly chain: string }
  | { readonly kind: "verdict"; readonly verdict: "ACCEPT" | "DROP" }
  | { readonly kind: "return" | "log" }
  | { readonly kind: "set-mark"; readonly value: number; readonly mask: number };

type Match = (packet: SimulatedPacket, around: Surroundings) => boolean;

export type ParsedLine = {
  readonly matches: readonly Match[];
  readonly target: Target;
  readonly sets: readonly string[];
};

const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, udplite: 136 };
const PORT_PROTOCOLS: ReadonlySet<number> = new Set([6, 17, 33, 132, 136]);

/**
 * Reads one line as iptables-restore would, from its manual and not from our renderer, and refuses what it would
 * refuse: an unknown word, 16 slots in a multiport, a comment too long, a port match without its protocol.
 */
export function parseLine(text: string, family: Family): ParsedLine {
  const key = `${family} ${text}`;
  const line = parsedByText.get(key) ?? readLine(text, family);
  parsedByText.set(key, line);
  return line;
}

/** Random states repeat most of their lines. */
const parsedByText = new Map<string, ParsedLine>();

function readLine(text: string, family: Family): ParsedLine {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const reader = lineReader(words, family, text);
  while (reader.hasMore()) reader.readOption();
  return reader.line();
}

function lineReader(words: readonly string[], family: Family, text: string) {
  const matches: Match[] = [];
  const sets: string[] = [];
  let target: Target | undefined;
  let protocol: number | undefined;
  let isProtocolNegated = false;
  let at = 0;
  const fail = (reason: string): never => {
    throw new Error(`iptables would refuse "${text}": ${reason}`);
  };
  const next = (): string => words[at++] ?? fail("a word is missing");
  const needs = (protocols: ReadonlySet<number>, what: string) => {
    if (protocol === undefined || isProtocolNegated || !protocols.has(protocol)) fail(`${what} needs its protocol`);
  };
  const push = (isNegated: boolean, match: Match) =>
    matches.push((packet, around) => match(packet, around) !== isNegated);
  const ports = (word: string, side: "srcPort" | "dstPort"): Match => {
    const ranges = word.split(",").map(portRange);
    if (ranges.reduce((slots, [lo, hi]) => slots + (lo === hi ? 1 : 2), 0) > 15) fail("too many ports");
    needs(PORT_PROTOCOLS, "multiport");
    return (packet) => ranges.some(([lo, hi]) => inRange(packet[side], lo, hi));
  };
  const icmp = (word: string): Match => {
    needs(new Set([family === 4 ? 1 : 58]), "icmp type");
    const [type, code] = word.split("/").map(Number);
    // The kernel's "any".
    if (type === 255) return () => true;
    return (packet) => packet.icmpType === type && (code === undefined || packet.icmpCode === code);
  };
  const options: Readonly<Record<string, (isNegated: boolean) => void>> = {
    "-m": () => void next(),
    "--comment": () => {
      if (next().length > 255) fail("the comment is too long");
    },
    "-i": (not) => push(not, interfaceMatch(next(), "inInterface")),
    "-o": (not) => push(not, interfaceMatch(next(), "outInterface")),
    "-s": (not) => push(not, netMatch(netOf(next(), family, fail), "src")),
    "-d": (not) => push(not, netMatch(netOf(next(), family, fail), "dst")),
    "-p": (not) => {
      if (protocol !== undefined) fail("one -p only");
      const wanted = protocolOf(next(), fail);
      protocol = wanted;
      isProtocolNegated = not;
      push(not, (packet) => packet.protocol === wanted);
    },
    "--match-set": (not) => {
      const set = next();
      const side = next() === "src" ? "src" : "dst";
      if (set.length > 31) fail("the set's name is too long");
      sets.push(set);
      push(not, (packet, { isMember }) => isMember(set, packet[side], packet.family));
    },
    "--sports": (not) => push(not, ports(next(), "srcPort")),
    "--dports": (not) => push(not, ports(next(), "dstPort")),
    "--sport": (not) => push(not, ports(next(), "srcPort")),
    "--dport": (not) => push(not, ports(next(), "dstPort")),
    "--icmp-type": (not) => push(not, icmp(next())),
    "--icmpv6-type": (not) => push(not, icmp(next())),
    "--ctstate": (not) => {
      const states = next().split(",");
      push(not, ({ state }) => states.includes(state));
    },
    "--mark": (not) => {
      const [value = 0, mask = 0] = next().split("/").map(Number);
      push(not, (_packet, { mark }) => (mark & mask) >>> 0 === value);
    },
    "--mac-source": (not) => {
      const mac = next();
      push(not, ({ srcMac }) => srcMac === mac);
    },
    "--invert": () => push(false, ({ isRoutedBack }) => !isRoutedBack),
    "--set-xmark": () => {
      const [value = 0, mask = 0] = next().split("/").map(Number);
      target = { kind: "set-mark", value, mask };
    },
    "--log-prefix": () => {
      if (next().length > 29) fail("the log prefix is too long");
    },
    "--log-level": () => void next(),
    "-j": () => {
      target = jumpTarget(next());
    },
    "-g": () => {
      target = { kind: "goto", chain: next() };
    },
  };
  return {
    hasMore: () => at < words.length,
    readOption() {
      const isNegated = words[at] === "!";
      if (isNegated) at += 1;
      const word = next();
      const option = options[word] ?? fail(`unknown word ${word}`);
      option(isNegated);
    },
    line: (): ParsedLine => ({ matches, target: target ?? fail("no target"), sets }),
  };
}

function jumpTarget(word: string): Target {
  if (word === "ACCEPT" || word === "DROP") return { kind: "verdict", verdict: word };
  if (word === "RETURN") return { kind: "return" };
  if (word === "LOG") return { kind: "log" };
  // --set-xmark, which follows, says what it does.
  if (word === "MARK") return { kind: "set-mark", value: 0, mask: 0 };
  if (word.length > 28) throw new Error(`iptables would refuse the chain name ${word}`);
  return { kind: "jump", chain: word };
}

function interfaceMatch(pattern: string, side: "inInterface" | "outInterface"): Match {
  if (pattern.length > 15) throw new Error(`iptables would refuse the interface ${pattern}`);
  if (!pattern.endsWith("+")) return (packet) => packet[side] === pattern;
  const prefix = pattern.slice(0, -1);
  return (packet) => packet[side]?.startsWith(prefix) ?? false;
}

function netMatch(net: Cidr, side: "src" | "dst"): Match {
  return (packet) => cidrContains(net, packet.family, packet[side]);
}

function netOf(word: string, family: Family, fail: (reason: string) => never): Cidr {
  const net = parseCidr(word);
  // Not refused, but worse: iptables leaves it out of the line, and its negation with it.
  if (net.ok && net.value.prefix === 0) fail("a /0 says nothing");
  return net.ok && net.value.family === family ? net.value : fail(`${word} is not a network of IPv${family}`);
}

function protocolOf(word: string, fail: (reason: string) => never): number {
  const protocol = PROTOCOLS[word] ?? Number(word);
  return protocol >= 1 && protocol <= 255 ? protocol : fail(`${word} is not a protocol`);
}

function portRange(word: string): readonly [number, number] {
  const [lo = Number.NaN, hi = lo] = word.split(":").map(Number);
  return [lo, hi];
}

function inRange(port: number | undefined, lo: number, hi: number): boolean {
  return port !== undefined && lo <= port && port <= hi;
}

/** True when the text is an address that the set's members contain. */
export function memberTest(members: ReadonlyMap<string, ReadonlySet<bigint>>): Surroundings["isMember"] {
  return (set, address) => {
    const found = members.get(set);
    if (found === undefined) throw new Error(`a live rule names the missing set ${set}`);
    return found.has(address);
  };
}

/** Member texts as numbers. */
export function memberNumbers(texts: Iterable<string>): ReadonlySet<bigint> {
  return new Set(
    [...texts].map((text) => {
      const address = parseAddress(text);
      if (!address.ok) throw new Error(`ipset would refuse ${text}`);
      return address.value.value;
    }),
  );
}
