import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { etcdProcess } from "#store/testing/etcd-process.ts";
import { freePorts } from "#store/testing/free-ports.ts";
import type { TestCertificates } from "#store/testing/make-certificates.ts";

export type TestEtcdOptions = {
  /** Operations in one transaction; as the embedded etcd unless given. */
  readonly maxTxnOps?: number;
  readonly maxRequestBytes?: number;
  /** Serves `https:` and demands a certificate of the same authority from clients. */
  readonly tls?: TestCertificates;
  /** More etcd arguments, for example `--auth-token-ttl=1`. */
  readonly args?: readonly string[];
};

/** A private etcd of a test: own ports, own temporary data, gone after `stop`. */
export interface TestEtcd {
  /** `http://127.0.0.1:<port>`, or `https:` */
  readonly endpoint: string;
  /** `unix:/<path>`, reachable from inside a network namespace. */
  readonly socketEndpoint: string;
  /** `kill -9`; data stay. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and data, and waits until it is healthy. */
  restart(): Promise<void>;
  /** Kills it and starts it with an empty data directory: another store behind the same address. */
  wipe(): Promise<void>;
  /** SIGSTOP: connections stay open and nobody answers. */
  freeze(): void;
  thaw(): void;
  /** One of etcd's own figures, for example `etcd_debugging_mvcc_watcher_total`; undefined when it has none. */
  readMetric(name: string): Promise<number | undefined>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** The limits the embedded etcd runs with; the client must be told the same. */
export const EMBEDDED_LIMITS = { maxTxnOps: 10_000, maxRequestBytes: 32 * 1024 * 1024 } as const;

// etcd 3.4 takes only host:port after unix://, never a path: the socket is a file of that name in its working directory.
const SOCKET_NAME = "client.sock:0";

/** Starts one private etcd and waits until it answers. */
export async function startEtcd(options: TestEtcdOptions = {}): Promise<TestEtcd> {
  const [clientPort = 0, peerPort = 0, healthPort = 0] = await freePorts(3);
  const home = await mkdtemp(join(tmpdir(), "tortie-etcd-"));
  const dataDir = join(home, "data");
  const endpoint = `${options.tls ? "https" : "http"}://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const member = etcdProcess({
    args: [
      "--name=solo",
      `--data-dir=${dataDir}`,
      `--listen-client-urls=${endpoint},unix://${SOCKET_NAME}`,
      `--advertise-client-urls=${endpoint}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=solo=${peerUrl}`,
      `--listen-metrics-urls=http://127.0.0.1:${healthPort}`,
      ...limitArgs(options),
      ...tlsArgs(options),
      ...(options.args ?? []),
    ],
    cwd: home,
    healthPort,
  });
  const start = async () => {
    // A socket left by kill -9 is not taken over: etcd says "address already in use".
    await rm(join(home, SOCKET_NAME), { force: true });
    member.start();
    await member.waitUntilHealthy();
  };
  const stop = async () => {
    await member.end("SIGKILL");
    await rm(home, { recursive: true, force: true });
  };
  await start().catch(async (cause) => {
    await stop();
    throw cause;
  });
  return {
    endpoint,
    socketEndpoint: `unix:${join(home, SOCKET_NAME)}`,
    kill: () => member.end("SIGKILL"),
    restart: start,
    async wipe() {
      await member.end("SIGKILL");
      await rm(dataDir, { recursive: true, force: true });
      await start();
    },
    freeze: member.freeze,
    thaw: member.thaw,
    async readMetric(name) {
      const page = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
      const line = page.split("\n").find((text) => text.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.slice(name.length));
    },
    stop,
  };
}

function tlsArgs({ tls }: TestEtcdOptions): readonly string[] {
  if (tls === undefined) return [];
  const { caFile, server } = tls;
  return [
    `--cert-file=${server.certFile}`,
    `--key-file=${server.keyFile}`,
    "--client-cert-auth",
    `--trusted-ca-file=${caFile}`,
  ];
}

/** The arguments every test etcd gets. */
export function limitArgs(options: TestEtcdOptions): readonly string[] {
  return [
    `--max-txn-ops=${options.maxTxnOps ?? EMBEDDED_LIMITS.maxTxnOps}`,
    `--max-request-bytes=${options.maxRequestBytes ?? EMBEDDED_LIMITS.maxRequestBytes}`,
    "--logger=zap",
    "--log-level=error",
  ];
}
