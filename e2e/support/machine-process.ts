import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

export type Connect = {
  readonly to: string;
  readonly port: number;
  readonly from?: string;
  readonly fromPort?: number;
  /** How long silence may last before it counts as dropped. */
  readonly timeoutMs?: number;
};

/** What became of an attempt: `open`, `timeout` (dropped), or an error code such as ECONNREFUSED. */
export type Outcome = string;

export interface MachineProcess {
  /** Echoes on a port, IPv4 and IPv6. */
  listen(protocol: "tcp" | "udp", port: number): Promise<void>;
  tcp(connect: Connect): Promise<Outcome>;
  udp(connect: Connect): Promise<Outcome>;
  ping(to: string, timeoutMs?: number): Promise<Outcome>;
  /** Opens a connection and keeps it under a name; `say` tries it later. */
  hold(name: string, connect: Connect): Promise<Outcome>;
  say(name: string, timeoutMs?: number): Promise<Outcome>;
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("./machine.mjs", import.meta.url));
/** Long enough for a busy machine to answer, short enough for a test to wait for silence. */
const TIMEOUT_MS = 700;

/** Starts a machine's process inside a namespace. */
export async function startMachine(namespace: string): Promise<MachineProcess> {
  const child = spawn("ip", ["netns", "exec", namespace, process.execPath, PROGRAM], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<number, (answer: Outcome) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, answer } = JSON.parse(line) as { id: number; answer: Outcome };
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  let lastId = 0;
  const ask = (command: object): Promise<Outcome> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      child.stdin.write(`${JSON.stringify({ id: lastId, timeoutMs: TIMEOUT_MS, ...command })}\n`);
    });
  return {
    async listen(protocol, port) {
      for (const family of [4, 6]) {
        const answer = await ask({ kind: "listen", protocol, port, family });
        if (answer !== "listening") throw new Error(`${namespace} ${protocol} ${port}: ${answer}`);
      }
    },
    tcp: (connect) => ask({ kind: "tcp", ...connect }),
    udp: (connect) => ask({ kind: "udp", ...connect }),
    hold: (name, connect) => ask({ kind: "hold", name, ...connect }),
    say: (name, timeoutMs = TIMEOUT_MS) => ask({ kind: "say", name, timeoutMs }),
    ping: (to, timeoutMs = TIMEOUT_MS) =>
      run(["ip", "netns", "exec", namespace, "ping", "-n", "-c", "1", "-W", String(timeoutMs / 1000), to]).then(
        () => "open",
        () => "timeout",
      ),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("close", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}
