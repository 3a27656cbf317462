/*
 * Two nodes and a few endpoints without any program in them: wires on which any frame can be put and seen. No machine
 * but the nodes has an address, so that nothing answers and nothing else is on the wires. Addresses are routes of the
 * nodes, and can be given out anew.
 *
 *      out ── br0 ── h1: e0 e1 e2
 *              └──── h2: e3 e4 e5
 */
import { randomBytes } from "node:crypto";
import { run } from "./run.ts";
import { startWire, type Wire } from "./wire.ts";

type Node = "h1" | "h2";

/** A wire between a node and an endpoint. */
export type EndpointWire = { readonly name: string; readonly host: Node; readonly interfaceName: string };

/** Who has which addresses: endpoints by the names of their wires, and the machine outside. */
export type Addresses = {
  readonly endpoints: Readonly<Record<string, readonly string[]>>;
  readonly outside: readonly string[];
};

export interface PacketWorld {
  readonly wires: readonly EndpointWire[];
  namespace(name: string): string;
  /** The wire of an endpoint, of `out`, or of a node itself (what it accepted, and what it sends). */
  wire(name: string): Wire;
  /** MAC of the node's end of an endpoint's wire, or of a node's end of the fabric. */
  nodeMac(name: string): string;
  /** Names a packet that was never there before. */
  nextNumber(): number;
  /** Routes these addresses, and none that were given before. */
  giveAddresses(addresses: Addresses): Promise<void>;
  remove(): Promise<void>;
}

const NODES = ["h1", "h2"] as const;
const OUT_MAC = "02:00:00:00:00:99";
// Marks the routes that are given out, so that they can be taken back.
const GIVEN_PROTOCOL = "199";

/** Addresses of the nodes on the fabric. */
export const NODE_ADDRESSES: Readonly<Record<string, readonly [string, string]>> = {
  h1: ["172.16.0.1", "fd16::1"],
  h2: ["172.16.0.2", "fd16::2"],
};

/** The MAC an endpoint or the machine outside sends with. */
export function ownMac(index: number | "out"): string {
  return index === "out" ? OUT_MAC : `ee:00:00:00:00:0${index}`;
}

/** Builds the world, in which nobody has an address yet. */
export async function packetWorld(endpoints: readonly EndpointWire[]): Promise<PacketWorld> {
  const id = `tkt-${randomBytes(3).toString("hex")}`;
  const namespace = (name: string) => `${id}-${name}`;
  const names = ["fabric", "out", ...NODES, ...endpoints.map(({ name }) => name)];
  const wires = new Map<string, Wire>();
  const remove = async () => {
    await Promise.all([...wires.values()].map((wire) => wire.stop()));
    for (const name of names) await run(["ip", "netns", "del", namespace(name)]).catch(() => undefined);
  };
  try {
    for (const name of names)
      await makeNamespace(
        namespace(name),
        NODES.some((node) => node === name),
      );
    await makeFabric(namespace);
    for (const [index, endpoint] of endpoints.entries()) await makeEndpoint(endpoint, index, namespace);
    const start = async (name: string, argv: readonly string[]) =>
      wires.set(name, await startWire(namespace(name), argv));
    await Promise.all([
      ...endpoints.map(({ name }) => start(name, ["wire", "eth0"])),
      start("out", ["wire", "fab0"]),
      ...NODES.map((node) => start(node, ["host"])),
    ]);
    const macs = await nodeMacs(endpoints, namespace);
    let lastNumber = 0;
    return {
      wires: endpoints,
      namespace,
      wire: (name) => wires.get(name) ?? fail(`no wire ${name}`),
      nodeMac: (name) => macs.get(name) ?? fail(`no MAC of ${name}`),
      nextNumber: () => ++lastNumber,
      giveAddresses: async (addresses) =>
        void (await Promise.all(NODES.map((node) => route({ node, endpoints, addresses }, namespace(node))))),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeNamespace(name: string, isNode: boolean): Promise<void> {
  await run(["ip", "netns", "add", name]);
  const settings = isNode
    ? [
        "net.ipv4.ip_forward=1",
        "net.ipv6.conf.all.forwarding=1",
        "net.ipv4.conf.all.rp_filter=0",
        "net.ipv4.conf.default.rp_filter=0",
        "net.ipv4.conf.all.send_redirects=0",
        "net.ipv4.conf.default.send_redirects=0",
        // Connection tracking sums UDP-Lite as if it were UDP, and would call each packet INVALID.
        "net.netfilter.nf_conntrack_checksum=0",
      ]
    : ["net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"];
  await run(["ip", "netns", "exec", name, "sysctl", "-qw", ...settings]);
  if (isNode) await ip(name, ["link set lo up"]);
}

async function makeFabric(namespace: (name: string) => string): Promise<void> {
  await ip(namespace("fabric"), ["link add br0 type bridge", "link set br0 up"]);
  for (const name of ["out", ...NODES]) {
    await ip(namespace("fabric"), [
      `link add port-${name} type veth peer name fab0 netns ${namespace(name)}`,
      `link set port-${name} master br0 up`,
    ]);
    if (name === "out") await ip(namespace(name), [`link set fab0 address ${OUT_MAC} up`]);
    else {
      const [v4, v6] = NODE_ADDRESSES[name] ?? fail(`no addresses of ${name}`);
      await ip(namespace(name), ["link set fab0 up", `addr add ${v4}/24 dev fab0`, `addr add ${v6}/64 dev fab0 nodad`]);
    }
  }
}

async function makeEndpoint(
  { name, host, interfaceName }: EndpointWire,
  index: number,
  namespace: (name: string) => string,
): Promise<void> {
  await ip(namespace(host), [
    `link add ${interfaceName} type veth peer name eth0 address ${ownMac(index)} netns ${namespace(name)}`,
    `link set ${interfaceName} up`,
  ]);
  await ip(namespace(name), ["link set eth0 up"]);
}

type Routing = { readonly node: Node; readonly endpoints: readonly EndpointWire[]; readonly addresses: Addresses };

async function route({ node, endpoints, addresses }: Routing, namespace: string): Promise<void> {
  const other = node === "h1" ? "h2" : "h1";
  const via = (address: string) => NODE_ADDRESSES[other]?.[address.includes(":") ? 1 : 0] ?? "";
  const to = (address: string, next: string) => `route replace ${hostRoute(address)} ${next} proto ${GIVEN_PROTOCOL}`;
  const neighbour = (address: string, device: string, mac: string) =>
    `neigh replace ${address} lladdr ${mac} dev ${device} nud permanent`;
  for (const family of ["-4", "-6"])
    await run(["ip", "-n", namespace, family, "route", "flush", "proto", GIVEN_PROTOCOL]);
  await ip(namespace, [
    ...endpoints.flatMap(({ name, host, interfaceName }, index) =>
      (addresses.endpoints[name] ?? []).flatMap((address) =>
        host === node
          ? [to(address, `dev ${interfaceName}`), neighbour(address, interfaceName, ownMac(index))]
          : [to(address, `via ${via(address)} dev fab0`)],
      ),
    ),
    ...addresses.outside.flatMap((address) => [to(address, "dev fab0"), neighbour(address, "fab0", OUT_MAC)]),
  ]);
}

async function nodeMacs(
  endpoints: readonly EndpointWire[],
  namespace: (name: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const macs = new Map<string, string>();
  for (const node of NODES) {
    const links = JSON.parse(await run(["ip", "-n", namespace(node), "-j", "link"])) as {
      ifname: string;
      address: string;
    }[];
    for (const { ifname, address } of links) {
      const endpoint = endpoints.find(({ host, interfaceName }) => host === node && interfaceName === ifname);
      if (endpoint) macs.set(endpoint.name, address);
      if (ifname === "fab0") macs.set(node, address);
    }
  }
  return macs;
}

function hostRoute(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}

async function ip(namespace: string, commands: readonly string[]): Promise<void> {
  await run(["ip", "-n", namespace, "-batch", "-"], commands.map((command) => `${command}\n`).join(""));
}

function fail(message: string): never {
  throw new Error(message);
}
