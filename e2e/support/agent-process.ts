import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface AgentProcess {
  readonly pid: number;
  /** Everything it logged so far. */
  log(): string;
  /** Clean end. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export type AgentStart = {
  readonly namespace: string;
  readonly host: string;
  readonly etcd: string;
  readonly args?: readonly string[];
};

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the real agent inside a node's namespace, talking to etcd over its unix socket. */
export function startAgent({ namespace, host, etcd, args = [] }: AgentStart): AgentProcess {
  const child = spawn(
    "ip",
    [
      "netns",
      "exec",
      namespace,
      process.execPath,
      "--import",
      "tsx",
      "lib/agent/main.ts",
      "run",
      `--host=${host}`,
      ...args,
    ],
    { cwd: ROOT, env: { ...process.env, ETCD_ENDPOINTS: etcd }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => log.push(chunk.toString("utf8")));
  return {
    pid: child.pid ?? 0,
    log: () => log.join(""),
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill(signal);
  await closed;
}
