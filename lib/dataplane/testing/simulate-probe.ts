import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import type { SimulatedPacket } from "#dataplane/testing/parse-line.ts";
import { passesNode, type Route, type SimulatedFamily, simulatedFamily } from "#dataplane/testing/simulated-node.ts";
import { parseAddress } from "#policy/address.ts";
import type { EndpointEntry } from "#policy/endpoint.ts";
import type { Place, Probe } from "#policy/packet.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** A probe's journey over simulated kernels, one for each host it crosses. */
export function createSimulator(snapshot: Snapshot): (probe: Probe) => "allow" | "deny" {
  const nodes = new Map<string, SimulatedFamily>();
  const nodeOf = (host: string, family: Family): SimulatedFamily => {
    const key = `${host} ${family}`;
    const known = nodes.get(key);
    if (known) return known;
    const { options } = nodeSettings(snapshot, { host, families: [family] });
    const node = simulatedFamily(nodePolicy(snapshot, options), family);
    nodes.set(key, node);
    return node;
  };
  return (probe) =>
    hops(snapshot, probe).every(({ host, packet, route }) => passesNode(nodeOf(host, probe.ipVersion), packet, route))
      ? "allow"
      : "deny";
}

type Hop = { readonly host: string; readonly packet: SimulatedPacket; readonly route: Route };

/** Where an endpoint really sits in the network, whatever its data say of its state. */
type Wire = {
  readonly host: string;
  readonly interfaceName: string;
  readonly mac: string;
  readonly addresses: readonly bigint[];
};

const UPLINK = "eth0";

function hops(snapshot: Snapshot, probe: Probe): readonly Hop[] {
  const from = wireOf(snapshot, probe.src, probe.ipVersion);
  const to = wireOf(snapshot, probe.dst, probe.ipVersion);
  const packet = { ...headers(probe), src: sourceOf(probe, from), dst: targetOf(probe, to) };
  if (from === undefined) {
    const isOwnHost = probe.src.kind === "host" && probe.src.name === to?.host;
    // What a host sends to its own endpoint leaves through OUTPUT, which carries no policy.
    return to === undefined || isOwnHost ? [] : [arriving(packet, to)];
  }
  const leaving = {
    ...packet,
    inInterface: from.interfaceName,
    srcMac: probe.srcMac ?? from.mac,
    isRoutedBack: from.addresses.includes(packet.src),
  };
  if (probe.dst.kind === "host" && probe.dst.name === from.host)
    return [{ host: from.host, packet: leaving, route: "input" }];
  const outInterface = to?.host === from.host ? to.interfaceName : UPLINK;
  const first: Hop = { host: from.host, packet: { ...leaving, outInterface }, route: "forward" };
  return to === undefined || to.host === from.host ? [first] : [first, arriving(packet, to)];
}

function arriving(packet: SimulatedPacket, to: Wire): Hop {
  return {
    host: to.host,
    packet: { ...packet, inInterface: UPLINK, outInterface: to.interfaceName },
    route: "forward",
  };
}

function headers(probe: Probe): Omit<SimulatedPacket, "src" | "dst"> {
  return {
    family: probe.ipVersion,
    protocol: probe.protocol,
    ...(probe.srcPort !== undefined && { srcPort: probe.srcPort }),
    ...(probe.dstPort !== undefined && { dstPort: probe.dstPort }),
    ...(probe.icmpType !== undefined && { icmpType: probe.icmpType }),
    ...(probe.icmpCode !== undefined && { icmpCode: probe.icmpCode }),
    state: ({ new: "NEW", established: "ESTABLISHED", related: "RELATED", invalid: "INVALID" } as const)[
      probe.connectionState
    ],
    isRoutedBack: true,
  };
}

function wireOf(snapshot: Snapshot, place: Place, family: Family): Wire | undefined {
  if (place.kind !== "endpoint") return undefined;
  const entry = [...snapshot.endpoints.values()].find(({ key }) => key.endpoint === place.name);
  return entry && wireOfEntry(entry, family);
}

function wireOfEntry({ key, value }: EndpointEntry, family: Family): Wire {
  const mac = "aa:aa:aa:aa:aa:aa";
  if (value.kind === "valid") {
    const nets = family === 4 ? value.value.ipv4Nets : value.value.ipv6Nets;
    const addresses = nets.map(({ address }) => address);
    return { host: key.host, interfaceName: value.value.name, mac: value.value.mac ?? mac, addresses };
  }
  // Its wire and its routes are there all the same: whoever attached it did not ask us whether its data are valid.
  const stored = value.kind === "invalid" ? JSON.parse(value.text) : {};
  const texts: readonly string[] = stored[`ipv${family}_nets`] ?? [];
  const addresses = texts.map((text) => addressOf(text) ?? 0n);
  return { host: key.host, interfaceName: `cali?${key.endpoint}`, mac, addresses };
}

function sourceOf(probe: Probe, from: Wire | undefined): bigint {
  return addressOf(probe.srcIp) ?? from?.addresses[0] ?? placeAddress(probe.src);
}

function targetOf(probe: Probe, to: Wire | undefined): bigint {
  return addressOf(probe.dstIp) ?? to?.addresses[0] ?? placeAddress(probe.dst);
}

function placeAddress(place: Place): bigint {
  return addressOf(place.kind === "ip" ? place.address : undefined) ?? 1n;
}

function addressOf(text: string | undefined): bigint | undefined {
  const address = text === undefined ? undefined : parseAddress(text);
  return address?.ok ? address.value.value : undefined;
}
