/*
 * A network for one test: nodes, workloads behind them, and a machine outside, each a network namespace named by the
 * run's id. Everything is removed by that id; nothing of this machine's own network is touched.
 *
 *     outside ─┐
 *      node n1 ├── fabric (a bridge)          172.31.0.0/24, fd31::/64
 *      node n2 ┘
 *       │ cali…                                one host route for each workload, as on a real node
 *     workload                                 10.65.N.M, fd65::N:M
 */
import { randomBytes } from "node:crypto";
import { type MachineProcess, startMachine } from "./machine-process.ts";
import { run } from "./run.ts";

export type WorkloadOptions = {
  readonly node: string;
  readonly name: string;
  /** Interface on the node; `cali` and the name unless given. */
  readonly interfaceName?: string;
  readonly addresses: readonly string[];
};

/** A namespace with a process in it that connects and listens. */
export type Machine = {
  readonly name: string;
  readonly namespace: string;
  readonly addresses: readonly string[];
  readonly process: MachineProcess;
};

export type Workload = Machine & { readonly node: string; readonly interfaceName: string; readonly mac: string };

export interface TestNetwork {
  readonly id: string;
  /** The namespace of a node or machine. */
  namespace(name: string): string;
  node(name: string): Machine;
  workload(options: WorkloadOptions): Promise<Workload>;
  readonly outside: Machine;
  remove(): Promise<void>;
}

const FABRIC = { outside: 9, first: 1 } as const;

/** Builds the fabric, the nodes and the machine outside. */
export async function testNetwork(nodeNames: readonly string[] = ["n1"]): Promise<TestNetwork> {
  const id = `tkt-${randomBytes(3).toString("hex")}`;
  const made: string[] = [];
  const processes: MachineProcess[] = [];
  const namespace = (name: string) => `${id}-${name}`;
  const remove = async () => {
    await Promise.all(processes.map((process) => process.stop()));
    for (const name of [...made].reverse()) await run(["ip", "netns", "del", name]);
  };
  const add = async (name: string) => {
    await run(["ip", "netns", "add", namespace(name)]);
    made.push(namespace(name));
    await batch(namespace(name), ["link set lo up"]);
    return namespace(name);
  };
  const machine = async (name: string, addresses: readonly string[]): Promise<Machine> => {
    const process = await startMachine(namespace(name));
    processes.push(process);
    return { name, namespace: namespace(name), addresses, process };
  };
  try {
    await makeFabric(add, namespace, nodeNames);
    const outside = await machine("outside", [fabricAddress(4, FABRIC.outside), fabricAddress(6, FABRIC.outside)]);
    const nodes = new Map<string, Machine>();
    for (const [index, name] of nodeNames.entries()) {
      const number = FABRIC.first + index;
      nodes.set(name, await machine(name, [fabricAddress(4, number), fabricAddress(6, number)]));
    }
    const node = (name: string) => nodes.get(name) ?? fail(`no node ${name}`);
    const workload = async (options: WorkloadOptions): Promise<Workload> => {
      await add(options.name);
      const wire = await makeWorkload(options, { namespace, nodeNames });
      return { ...(await machine(options.name, options.addresses)), node: options.node, ...wire };
    };
    return { id, namespace, node, workload, outside, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

type Names = { readonly namespace: (name: string) => string; readonly nodeNames: readonly string[] };

async function makeFabric(
  add: (name: string) => Promise<string>,
  namespace: (name: string) => string,
  nodeNames: readonly string[],
): Promise<void> {
  const fabric = await add("fabric");
  await batch(fabric, ["link add br0 type bridge", "link set br0 up"]);
  const members = [
    ["outside", FABRIC.outside] as const,
    ...nodeNames.map((name, i) => [name, FABRIC.first + i] as const),
  ];
  for (const [name, number] of members) {
    const own = await add(name);
    await batch(fabric, [
      `link add port-${name} type veth peer name fab0 netns ${own}`,
      `link set port-${name} master br0 up`,
    ]);
    await batch(own, [
      "link set fab0 up",
      `addr add ${fabricAddress(4, number)}/24 dev fab0`,
      `addr add ${fabricAddress(6, number)}/64 dev fab0 nodad`,
    ]);
  }
  for (const name of nodeNames) {
    await sysctl(namespace(name), ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"]);
    // The address workloads use as their router; being the node's own, it is answered on every wire.
    await batch(namespace(name), ["addr add 169.254.1.1/32 dev lo"]);
  }
}

async function makeWorkload(
  { node, name, addresses, interfaceName = `cali${name}` }: WorkloadOptions,
  { namespace, nodeNames }: Names,
): Promise<{ interfaceName: string; mac: string }> {
  const mac = `02:${randomBytes(5).toString("hex").match(/../g)?.join(":")}`;
  await batch(namespace(node), [
    `link add ${interfaceName} type veth peer name eth0 address ${mac} netns ${namespace(name)}`,
    `link set ${interfaceName} up`,
    `addr add fe80::1/64 dev ${interfaceName} nodad`,
    ...addresses.map((address) => `route add ${hostRoute(address)} dev ${interfaceName}`),
  ]);
  await batch(namespace(name), [
    "link set eth0 up",
    ...addresses.map((address) => `addr add ${hostRoute(address)} dev eth0${address.includes(":") ? " nodad" : ""}`),
    "route add 169.254.1.1 dev eth0",
    "route add default via 169.254.1.1 dev eth0",
    "route add ::/0 via fe80::1 dev eth0",
  ]);
  const index = nodeNames.indexOf(node) + FABRIC.first;
  for (const other of ["outside", ...nodeNames.filter((one) => one !== node)]) {
    await batch(
      namespace(other),
      addresses.map(
        (address) => `route add ${hostRoute(address)} via ${fabricAddress(address.includes(":") ? 6 : 4, index)}`,
      ),
    );
  }
  return { interfaceName, mac };
}

function fabricAddress(family: 4 | 6, number: number): string {
  return family === 4 ? `172.31.0.${number}` : `fd31::${number}`;
}

function hostRoute(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}

async function batch(namespace: string, commands: readonly string[]): Promise<void> {
  await run(["ip", "-n", namespace, "-batch", "-"], commands.map((command) => `${command}\n`).join(""));
}

async function sysctl(namespace: string, settings: readonly string[]): Promise<void> {
  await run(["ip", "netns", "exec", namespace, "sysctl", "-qw", ...settings]);
}

function fail(message: string): never {
  throw new Error(message);
}
