import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import type { HostStatus } from "#store/node-status-store.ts";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { type AgentProcess, type AgentStarter, startAgent } from "./agent-process.ts";
import { type EtcdKeys, etcdKeys } from "./etcd-keys.ts";
import type { Outcome } from "./machine-process.ts";
import { type Machine, type TestNetwork, testNetwork, type Workload } from "./netns.ts";
import { run } from "./run.ts";

/** A cluster for one test file: etcd, nodes with real agents, workloads, and short words for what tests do with them. */
export interface Lab {
  readonly etcd: TestEtcd;
  readonly keys: EtcdKeys;
  readonly network: TestNetwork;
  /** Starts the agent of a node. */
  startAgent(node: string, args?: readonly string[], starter?: AgentStarter): AgentProcess;
  /** Writes a profile; a leaf that is not given is removed. */
  profile(id: string, value: { readonly tags?: unknown; readonly rules?: unknown }): Promise<void>;
  /** Writes a workload's endpoint; `fields` stand above the usual ones. */
  endpoint(
    workload: Workload,
    profileIds: readonly string[],
    fields?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  removeEndpoint(workload: Workload): Promise<void>;
  /** Waits until every running agent enforces the last write. */
  settle(): Promise<void>;
  /** What the node's agent says of itself. */
  status(node: string): Promise<HostStatus | undefined>;
  /** `kill -9` to every agent that runs. */
  stopAgents(): Promise<void>;
  /** A program's output inside a node. */
  inNode(node: string, argv: readonly string[], input?: string): Promise<string>;
  close(): Promise<void>;
}

const SETTLE_MS = 30_000;

/** Builds the cluster with the given nodes; agents are started by the test. */
export async function startLab(nodes: readonly string[] = ["n1"]): Promise<Lab> {
  const etcd = await startEtcd();
  const network = await testNetwork(nodes).catch(async (cause) => {
    await etcd.stop();
    throw cause;
  });
  const connection = connectEtcd({ endpoints: [etcd.endpoint] });
  const agents = new Map<string, AgentProcess>();
  const started: AgentProcess[] = [];
  const stopAgents = async () => void (await Promise.all(started.map((agent) => agent.kill())));
  let lastRevision = 0;
  const keys = rememberingKeys(etcdKeys(etcd.endpoint), (revision) => {
    lastRevision = Math.max(lastRevision, revision);
  });
  const put = async (key: string, value: unknown) =>
    void (value === undefined ? await keys.remove(key) : await keys.put(key, value as string | object));
  return {
    etcd,
    keys,
    network,
    startAgent(node, args = [], starter = { argv: [] }) {
      const options = ["--metrics=off", "--audit-interval=1", ...args];
      const agent = startAgent({
        namespace: network.namespace(node),
        host: node,
        etcd: etcd.socketEndpoint,
        args: options,
        starter,
      });
      agents.set(node, agent);
      started.push(agent);
      return agent;
    },
    async profile(id, { tags, rules }) {
      await put(`/calico/v1/policy/profile/${id}/tags`, tags);
      await put(`/calico/v1/policy/profile/${id}/rules`, rules);
    },
    endpoint: (workload, profileIds, extra = {}) =>
      put(endpointKey(workload), endpointValue(workload, profileIds, extra)),
    removeEndpoint: (workload) => put(endpointKey(workload), undefined),
    settle: () => settle({ connection, agents, revision: lastRevision }),
    inNode: (node, argv, input) => run(["ip", "netns", "exec", network.namespace(node), ...argv], input),
    status: async (node) => (await connection.statuses.readStatuses()).find(({ host }) => host === node),
    stopAgents,
    async close() {
      await stopAgents();
      await connection.close();
      await network.remove();
      await etcd.stop();
    },
  };
}

function rememberingKeys(keys: EtcdKeys, remember: (revision: number) => void): EtcdKeys {
  const noted = async (revision: Promise<number>) => {
    remember(await revision);
    return revision;
  };
  return { put: (key, value) => noted(keys.put(key, value)), remove: (key) => noted(keys.remove(key)) };
}

function endpointKey({ node, name }: Workload): string {
  return `/calico/v1/host/${node}/workload/test/${name}/endpoint/${name}`;
}

function endpointValue(workload: Workload, profileIds: readonly string[], extra: Readonly<Record<string, unknown>>) {
  return {
    state: "active",
    name: workload.interfaceName,
    mac: workload.mac,
    profile_ids: profileIds,
    ipv4_nets: workload.addresses.filter((address) => !address.includes(":")),
    ipv6_nets: workload.addresses.filter((address) => address.includes(":")),
    ...extra,
  };
}

type Waiting = {
  readonly connection: EtcdConnection;
  readonly agents: ReadonlyMap<string, AgentProcess>;
  readonly revision: number;
};

async function settle({ connection, agents, revision }: Waiting): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  const running = [...agents].filter(([, agent]) => agent.isRunning());
  for (;;) {
    const statuses = new Map((await connection.statuses.readStatuses()).map((status) => [status.host, status]));
    const late = running.filter(([host, { startedAtMs }]) => {
      const status = statuses.get(host);
      const isThisRun = status !== undefined && Date.parse(status.startedAt) >= startedAtMs;
      return !isThisRun || !status.inSync || status.appliedRevision < revision;
    });
    if (late.length === 0) return;
    if (Date.now() > deadline) {
      const logs = late.map(([host, agent]) => `${host}: ${JSON.stringify(statuses.get(host))}\n${agent.log()}`);
      throw new Error(`not settled at revision ${revision}\n${logs.join("\n")}`);
    }
    await pause(50);
  }
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Repeats until the answer is the wanted one or the time is up; answers the last. */
export async function eventually<T>(ask: () => Promise<T>, wanted: T, withinMs = 15_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer === wanted || Date.now() > deadline) return answer;
    await pause(50);
  }
}

// A machine that is busy answers late; silence must last longer to count where an answer is expected.
export const PATIENT_MS = 5_000;

/** `open` when a new TCP connection comes about, `timeout` when it is dropped. */
export function tcp(from: Machine, to: string, port: number): Promise<Outcome> {
  return from.process.tcp({ to, port });
}

/** As `tcp`, where the answer should be `open`: waits longer. */
export function patientTcp(from: Machine, to: string, port: number): Promise<Outcome> {
  return from.process.tcp({ to, port, timeoutMs: PATIENT_MS });
}
