import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { etcdProcess } from "#store/testing/etcd-process.ts";
import { freePorts } from "#store/testing/free-ports.ts";
import { limitArgs, type TestEtcdOptions } from "#store/testing/start-etcd.ts";

/** One member of a test cluster. */
export interface TestEtcdMember {
  readonly endpoint: string;
  kill(): Promise<void>;
  /** Starts the member again; resolves when it sees a leader. */
  restart(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export interface TestEtcdCluster {
  readonly endpoints: readonly string[];
  readonly members: readonly TestEtcdMember[];
  stop(): Promise<void>;
}

/** Starts a private three-member etcd cluster with short election times and waits until every member is healthy. */
export async function startEtcdCluster(options: TestEtcdOptions = {}): Promise<TestEtcdCluster> {
  const ports = await freePorts(6);
  const home = await mkdtemp(join(tmpdir(), "tortie-etcd-"));
  const peerUrl = (index: number) => `http://127.0.0.1:${ports[3 + index]}`;
  const cluster = [0, 1, 2].map((index) => `m${index}=${peerUrl(index)}`).join(",");
  const members = [0, 1, 2].map((index) => {
    const port = ports[index] ?? 0;
    const endpoint = `http://127.0.0.1:${port}`;
    const member = etcdProcess({
      args: [
        `--name=m${index}`,
        `--data-dir=${join(home, `m${index}`)}`,
        `--listen-client-urls=${endpoint}`,
        `--advertise-client-urls=${endpoint}`,
        `--listen-peer-urls=${peerUrl(index)}`,
        `--initial-advertise-peer-urls=${peerUrl(index)}`,
        `--initial-cluster=${cluster}`,
        "--heartbeat-interval=50",
        "--election-timeout=500",
        ...limitArgs(options),
        ...(options.args ?? []),
      ],
      cwd: home,
      healthPort: port,
    });
    return { endpoint, member };
  });
  const stop = async () => {
    await Promise.all(members.map(({ member }) => member.end("SIGKILL")));
    await rm(home, { recursive: true, force: true });
  };
  for (const { member } of members) member.start();
  await Promise.all(members.map(({ member }) => member.waitUntilHealthy())).catch(async (cause) => {
    await stop();
    throw cause;
  });
  return {
    endpoints: members.map(({ endpoint }) => endpoint),
    members: members.map(({ endpoint, member }) => ({
      endpoint,
      kill: () => member.end("SIGKILL"),
      async restart() {
        member.start();
        await member.waitUntilHealthy();
      },
      freeze: member.freeze,
      thaw: member.thaw,
    })),
    stop,
  };
}
