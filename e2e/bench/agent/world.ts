/*
 * A place to measure in: an etcd with an estate, a node's namespace, one real workload behind `cali0`, and a machine
 * outside that sends to it. All other endpoints exist as policy only: dispatch goes by interface name.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import { EMBEDDED_LIMITS, startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { type AgentProcess, startAgent } from "../../support/agent-process.ts";
import { type TestNetwork, testNetwork } from "../../support/netns.ts";
import { run } from "../../support/run.ts";
import { ADDRESS, asEntries, type EstateSize, estateKeys, HOST } from "./estate.ts";
import { startWire, type WireProcess } from "./wire-process.ts";

export interface World {
  readonly etcd: TestEtcd;
  readonly connection: EtcdConnection;
  readonly network: TestNetwork;
  readonly namespace: string;
  readonly policy: NodePolicy;
  readonly sender: WireProcess;
  readonly receiver: WireProcess;
  /** Milliseconds from now until a packet with this text comes through. */
  whenHeard(
    packet: { readonly port: number; readonly from: string; readonly text: string },
    change: () => Promise<unknown>,
  ): Promise<number>;
  /** Starts the agent; answers it and the milliseconds until it is in sync. */
  startAgent(args: readonly string[]): Promise<{ readonly agent: AgentProcess; readonly ms: number }>;
  close(): Promise<void>;
}

export const OUTSIDE = "172.31.0.9";
export const UDP_PORTS = { first: 5_000, count: 400, member: 7_000, tcp: 8_443 } as const;

/** Builds the place and fills the store; no agent runs yet. */
export async function startWorld(size: EstateSize): Promise<World> {
  const etcd = await startEtcd({ ...EMBEDDED_LIMITS, args: ["--quota-backend-bytes=4294967296"] });
  const connection = connectEtcd({ endpoints: [etcd.endpoint] });
  const keys = estateKeys(size);
  await fill(etcd.endpoint, keys);
  const network = await testNetwork(["n1"]);
  const workload = await network.workload({ node: "n1", name: "w", interfaceName: "cali0", addresses: [ADDRESS] });
  await run(["ip", "-n", network.outside.namespace, "route", "add", "local", "10.200.0.0/14", "dev", "lo"]);
  const namespace = network.namespace("n1");
  const sender = startWire(network.outside.namespace, "send", ADDRESS);
  const receiver = startWire(workload.namespace, "receive");
  await listenEverywhere(receiver);
  const snapshot = snapshotFromEntries(asEntries(keys));
  const policy = nodePolicy(snapshot, nodeSettings(snapshot, { host: HOST, families: [4, 6] }).options);
  const agents: AgentProcess[] = [];
  return {
    etcd,
    connection,
    network,
    namespace,
    policy,
    sender,
    receiver,
    async whenHeard(packet, change) {
      const heard = heardText(receiver, packet.text);
      sender.tell(packet);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const startedAt = Number(process.hrtime.bigint()) / 1e6;
      await change();
      const at = await heard;
      sender.tell({ stop: true });
      return at - startedAt;
    },
    async startAgent(args) {
      const startedAt = performance.now();
      const agent = startAgent({ namespace, host: HOST, etcd: etcd.socketEndpoint, args: ["--metrics=off", ...args] });
      agents.push(agent);
      await logged(agent, '"inSync":true');
      return { agent, ms: performance.now() - startedAt };
    },
    async close() {
      for (const agent of agents) await agent.kill();
      sender.stop();
      receiver.stop();
      await connection.close();
      await network.remove();
      await etcd.stop();
    },
  };
}

/** Waits until the agent logged a text; throws when it ends before. */
export async function logged(agent: AgentProcess, text: string): Promise<void> {
  while (!agent.log().includes(text)) {
    if (!agent.isRunning()) throw new Error(`the agent ended\n${agent.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What a process uses: resident memory in MB and processor seconds so far, those of its finished children apart. */
export type Usage = { readonly rssMb: number; readonly cpuSeconds: number; readonly endedSeconds: number };

/** Reads what the kernel counts of a process. */
export function usage(pid: number): Usage {
  const rssKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const TICKS_PER_SECOND = 100;
  const seconds = (...places: readonly number[]) =>
    places.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND;
  return { rssMb: rssKb / 1024, cpuSeconds: seconds(11, 12), endedSeconds: seconds(13, 14) };
}

/** What the processes it started, and that still run, use together. */
export function helpersUsage(pid: number): Usage {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number),
  );
  return children.map(usageOrNothing).reduce(
    (sum, one) => ({
      rssMb: sum.rssMb + one.rssMb,
      cpuSeconds: sum.cpuSeconds + one.cpuSeconds + one.endedSeconds,
      endedSeconds: 0,
    }),
    { rssMb: 0, cpuSeconds: 0, endedSeconds: 0 },
  );
}

/** A program that ended between being listed and being looked at is counted by its parent. */
function usageOrNothing(pid: number): Usage {
  return existsSync(`/proc/${pid}/status`) ? usage(pid) : { rssMb: 0, cpuSeconds: 0, endedSeconds: 0 };
}

async function heardText(receiver: WireProcess, text: string): Promise<number> {
  for (;;) {
    const { heard, at } = await receiver.next("heard");
    if (heard === text) return Number(at);
  }
}

async function listenEverywhere(receiver: WireProcess): Promise<void> {
  const { first, count, member, tcp } = UDP_PORTS;
  for (const port of [...Array.from({ length: count }, (_, index) => first + index), member]) {
    receiver.tell({ port });
    await receiver.next("ready");
  }
  receiver.tell({ listen: tcp });
  await receiver.next("ready");
}

const KEYS_A_TRANSACTION = 2_000;

async function fill(endpoint: string, keys: ReadonlyMap<string, string>): Promise<void> {
  const all = [...keys];
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  for (let start = 0; start < all.length; start += KEYS_A_TRANSACTION) {
    const success = all
      .slice(start, start + KEYS_A_TRANSACTION)
      .map(([key, value]) => ({ requestPut: { key: base64(key), value: base64(value) } }));
    const response = await fetch(`${endpoint}/v3/kv/txn`, { method: "POST", body: JSON.stringify({ success }) });
    if (!response.ok) throw new Error(await response.text());
  }
}
