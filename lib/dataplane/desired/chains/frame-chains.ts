import { dispatchChainName, FRAME } from "#dataplane/desired/names/chain-names.ts";
import { type Chain, type RuleLine, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { EndpointToHostAction } from "#policy/default-endpoint-to-host.ts";
import type { Family } from "#policy/rule.ts";

export type FrameOptions = {
  readonly family: Family;
  /** Managed interface prefixes, sorted. */
  readonly interfacePrefixes: readonly string[];
  readonly endpointToHostAction: EndpointToHostAction;
};

/** A jump from a chain of the kernel's own, always its first line. */
export type Hook = { readonly chain: "PREROUTING" | "INPUT" | "FORWARD"; readonly line: RuleLine };

/** Multicast listener discovery, router solicitation, neighbour discovery; not 134, an endpoint is no router. */
const HOST_ICMPV6_TYPES = [130, 131, 132, 133, 135, 136] as const;

/** Raw table: drops packets whose source is not routed back to the interface they came from, established flows too. */
export function preroutingChain({ family, interfacePrefixes }: FrameOptions): Chain {
  const lines = interfacePrefixes.flatMap((prefix) => [
    ...(family === 4 ? [dhcpRequestLine(prefix)] : []),
    ruleLine(`-i ${prefix}+ -m rpfilter --invert -j DROP`, "spoofed source"),
  ]);
  return { name: FRAME.prerouting, lines };
}

/** A machine without an address yet asks for one; the packet cannot be forwarded. */
function dhcpRequestLine(prefix: string): RuleLine {
  const match = "-s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67";
  return ruleLine(`-i ${prefix}+ ${match} -j RETURN`, "DHCP request");
}

/** Filter table, FORWARD: both directions of every prefix are judged before anything is accepted. */
export function forwardChain({ interfacePrefixes }: FrameOptions): Chain {
  const both = interfacePrefixes.flatMap((prefix) => [`-i ${prefix}+`, `-o ${prefix}+`]);
  return {
    name: FRAME.forward,
    lines: [
      ...both.map(invalidLine),
      ...both.map(establishedLine),
      ...interfacePrefixes.map((prefix) =>
        ruleLine(`-i ${prefix}+ -j ${dispatchChainName("", "outbound")}`, "from endpoints"),
      ),
      ...interfacePrefixes.map((prefix) =>
        ruleLine(`-o ${prefix}+ -j ${dispatchChainName("", "inbound")}`, "to endpoints"),
      ),
      ...both.map((match) => ruleLine(`${match} -j ACCEPT`, "accepted by policy")),
    ],
  };
}

/** Filter table, INPUT: what endpoints may send to their own host. */
export function inputChain(options: FrameOptions): Chain {
  return {
    name: FRAME.input,
    lines: options.interfacePrefixes.flatMap((prefix) => inputLines(`-i ${prefix}+`, options)),
  };
}

function inputLines(match: string, { family, endpointToHostAction }: FrameOptions): readonly RuleLine[] {
  return [
    invalidLine(match),
    establishedLine(match),
    ...exemptions(family).map(([exempt, comment]) => ruleLine(`${match} ${exempt} -j ACCEPT`, comment)),
    ...toHostLines(match, endpointToHostAction),
  ];
}

function toHostLines(match: string, action: EndpointToHostAction): readonly RuleLine[] {
  const comment = `DefaultEndpointToHostAction is ${action}`;
  if (action === "DROP") return [ruleLine(`${match} -j DROP`, comment)];
  const policy = ruleLine(`${match} -j ${dispatchChainName("", "outbound")}`, "from endpoints to this host");
  return action === "RETURN" ? [policy] : [policy, ruleLine(`${match} -j ACCEPT`, comment)];
}

function exemptions(family: Family): readonly (readonly [match: string, comment: string])[] {
  const dns = ["-p udp -m udp --dport 53", "DNS of this host"] as const;
  if (family === 4) return [["-p udp -m udp --sport 68 --dport 67", "DHCP of this host"], dns];
  return [
    ...HOST_ICMPV6_TYPES.map(
      (type) => [`-p icmpv6 -m icmp6 --icmpv6-type ${type}`, "neighbour and listener discovery"] as const,
    ),
    ["-p udp -m udp --sport 546 --dport 547", "DHCPv6 of this host"],
    dns,
  ];
}

function invalidLine(match: string): RuleLine {
  return ruleLine(`${match} -m conntrack --ctstate INVALID -j DROP`, "no valid connection");
}

function establishedLine(match: string): RuleLine {
  const state = "-m conntrack --ctstate RELATED,ESTABLISHED";
  return ruleLine(`${match} ${state} -j ACCEPT`, "connection already judged");
}

/** The jumps of one table. */
export function hooks(table: "raw" | "filter"): readonly Hook[] {
  if (table === "raw") return [{ chain: "PREROUTING", line: ruleLine(`-j ${FRAME.prerouting}`, "anti-spoofing") }];
  return [
    { chain: "INPUT", line: ruleLine(`-j ${FRAME.input}`, "endpoints to this host") },
    { chain: "FORWARD", line: ruleLine(`-j ${FRAME.forward}`, "endpoints and the rest of the network") },
  ];
}
