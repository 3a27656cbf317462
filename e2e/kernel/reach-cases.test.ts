import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backend } from "#dataplane/apply/kernel-tools.ts";
import type { Probe } from "#policy/packet.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import reachCases from "#testing/conformance/reach.json" with { type: "json" };
import { type EnforcedNodes, enforcedNodes } from "../support/enforce-policy.ts";
import { type Airspace, fly } from "../support/packet-flight.ts";
import {
  type Addresses,
  type EndpointWire,
  NODE_ADDRESSES,
  type PacketWorld,
  packetWorld,
} from "../support/packet-world.ts";

/**
 * The conformance cases of reachability as packets on the kernel, all of them: endpoints of a case take the wires of
 * their host, an established flow is begun under a policy that allows everything. One says less here than on paper:
 * an ICMP error about nothing (reach-082) is INVALID to a kernel, and dropped before its rule is asked.
 */
type Case = (typeof reachCases)[number];
type GivenEndpoint = {
  readonly host: string;
  readonly ipv4_nets?: readonly string[];
  readonly ipv6_nets?: readonly string[];
  readonly mac?: string;
};

const WIRES = [0, 1, 2, 3, 4, 5].map(
  (index): EndpointWire => ({ name: `e${index}`, host: index < 3 ? "h1" : "h2", interfaceName: `cali${index}` }),
);
const OPEN = { tags: [], rules: { inbound_rules: [{}], outbound_rules: [{}] } };
const SYN_ACK = 0x12;

let world: PacketWorld;
beforeAll(async () => {
  world = await packetWorld(WIRES);
});
afterAll(() => world?.remove());

describe.each<Backend>(["nft", "legacy"])("the reach cases on the kernel, %s", (backend) => {
  let nodes: EnforcedNodes;
  beforeAll(() => {
    nodes = enforcedNodes(["h1", "h2"], (host) => world.namespace(host), backend);
  });
  afterAll(() => nodes?.clear());

  it.each(reachCases.map((one) => [one.id, one.title, one] as const))("%s %s", async (_id, _title, one) => {
    const wireOf = plugIn(one);
    const addresses = addressesOf(one, wireOf);
    await world.giveAddresses(addresses);
    await nodes.forgetConnections();
    const macOf = (wire: string) => endpointsOf(one).find(([name]) => wireOf.get(name)?.name === wire)?.[1].mac;
    const airspace = { world, addresses, macOf };
    const probe = onWires(one.probe, wireOf);
    if (probe.connectionState === "established") await beginFlow(probe, { nodes, one, wireOf, airspace });
    await nodes.enforce(snapshotOf(one, wireOf));
    const tcpFlags = probe.connectionState === "established" ? SYN_ACK : undefined;
    const flight = { probe, number: world.nextNumber(), ...(tcpFlags !== undefined && { tcpFlags }) };
    const arrived = await fly([flight], one.expect === "allow" ? [flight] : [], airspace);
    expect(arrived.has(flight.number) ? "allow" : "deny").toBe(one.expect);
  });
});

type WireOf = ReadonlyMap<string, EndpointWire>;

function endpointsOf({ given }: Case): readonly (readonly [string, GivenEndpoint])[] {
  return Object.entries(given.endpoints as unknown as Record<string, GivenEndpoint>);
}

function plugIn(one: Case): WireOf {
  const free = [...WIRES];
  return new Map(
    endpointsOf(one).map(([name, { host }]) => {
      const [wire] = free.splice(
        free.findIndex((each) => each.host === host),
        1,
      );
      if (wire?.host !== host) throw new Error(`no wire is left on ${host}`);
      return [name, wire];
    }),
  );
}

/** What an endpoint's data say, and the machine outside for whatever address a probe comes from or goes to. */
function addressesOf(one: Case, wireOf: WireOf): Addresses {
  const owned = endpointsOf(one).map(([name, { ipv4_nets = [], ipv6_nets = [] }]): [string, string[]] => [
    wireOf.get(name)?.name ?? "",
    [...ipv4_nets, ...ipv6_nets].map((net) => net.replace(/\/\d+$/, "")),
  ]);
  const taken = new Set(owned.flatMap(([, addresses]) => addresses));
  const outside = [one.probe.src, one.probe.dst].flatMap((place) => ("ip" in place && place.ip ? [place.ip] : []));
  return { endpoints: Object.fromEntries(owned), outside: outside.filter((address) => !taken.has(address)) };
}

function onWires(value: Case["probe"], wireOf: WireOf): Probe {
  const moved = (place: Case["probe"]["src"]) =>
    "endpoint" in place && place.endpoint ? { endpoint: wireOf.get(place.endpoint)?.name } : place;
  const host = "host" in value.dst ? (value.dst as { host: string }).host : undefined;
  const address = host === undefined ? {} : { dst_ip: NODE_ADDRESSES[host]?.[value.ip_version === 6 ? 1 : 0] };
  const probe = parseProbe({ ...value, src: moved(value.src), dst: moved(value.dst), ...address });
  if (!probe.ok) throw new Error(JSON.stringify(probe.error));
  return probe.value;
}

/** The case's state with its endpoints on their wires; `profile` stands in for every profile where it is given. */
function snapshotOf(one: Case, wireOf: WireOf, profile?: object) {
  const endpoints = endpointsOf(one).map(([name, endpoint]) => {
    const wire = wireOf.get(name);
    return [wire?.name, { ...endpoint, name: wire?.interfaceName }];
  });
  const ids = Object.keys(one.given.profiles);
  const state = {
    ...one.given,
    endpoints: Object.fromEntries(endpoints),
    ...(profile && { profiles: Object.fromEntries(ids.map((id) => [id, profile])) }),
  };
  return snapshotFromEntries(parseStateValue(state).entries);
}

type Beginning = {
  readonly nodes: EnforcedNodes;
  readonly one: Case;
  readonly wireOf: WireOf;
  readonly airspace: Airspace;
};

/** The first packet of the flow that the probe is an answer in. */
async function beginFlow(probe: Probe, { nodes, one, wireOf, airspace }: Beginning): Promise<void> {
  await nodes.enforce(snapshotOf(one, wireOf, OPEN));
  const { src, dst, srcPort = 0, dstPort = 0 } = probe;
  const first: Probe = { ...probe, src: dst, dst: src, srcPort: dstPort, dstPort: srcPort, connectionState: "new" };
  const flight = { probe: first, number: world.nextNumber() };
  expect((await fly([flight], [flight], airspace)).has(flight.number)).toBe(true);
}
