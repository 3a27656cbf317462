import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface AgentProcess {
  readonly pid: number;
  readonly startedAtMs: number;
  isRunning(): boolean;
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
  readonly starter?: AgentStarter;
};

/** Another way of starting the agent: with fewer rights, say. */
export type AgentStarter = {
  /** A program with its arguments, which starts what follows. */
  readonly argv: readonly string[];
  /** The agent's bundle; that of this checkout unless given. */
  readonly program?: string;
};

const PROGRAM = fileURLToPath(new URL("../../dist/tortie-agent.js", import.meta.url));

/** Starts the agent as it is shipped inside a node's namespace, talking to etcd over its unix socket. */
export function startAgent({ namespace, host, etcd, args = [], starter }: AgentStart): AgentProcess {
  const startedAtMs = Date.now();
  const program = [
    ...(starter?.argv ?? []),
    process.execPath,
    starter?.program ?? PROGRAM,
    "run",
    `--host=${host}`,
    ...args,
  ];
  const argv = ["netns", "exec", namespace, ...program];
  const child = spawn("ip", argv, { env: { ...process.env, ETCD_ENDPOINTS: etcd }, stdio: ["ignore", "pipe", "pipe"] });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => log.push(text.toString("utf8")));
  return {
    pid: child.pid ?? 0,
    startedAtMs,
    isRunning: () => isRunning(child),
    log: () => log.join(""),
    stop: () => end(child, "SIGTERM", log),
    kill: () => end(child, "SIGKILL", log),
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

// Longer than the agent itself takes before it gives up and says what it waited for.
const END_WITHIN_MS = 20_000;

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL", log: readonly string[]): Promise<void> {
  if (!isRunning(child)) return;
  const closed = once(child, "close");
  child.kill(signal);
  const late = sleep(END_WITHIN_MS, "late", { ref: false });
  if ((await Promise.race([closed, late])) !== "late") return;
  child.kill("SIGKILL");
  throw new Error(`the agent did not end after ${signal}; it said last:\n${log.join("").slice(-2_000)}`);
}
