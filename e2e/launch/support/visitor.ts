import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "#store/testing/free-ports.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const readyMs = 80_000;

/** A terminal in which `npm start` was typed. */
export type Terminal = {
  readonly pid: number;
  /** All that was printed so far. */
  text(): string;
  /** Waits until the text matches; fails with all that was printed when it ended or took too long. */
  sees(pattern: RegExp): Promise<void>;
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>;
};

/** One person with a data directory and ports of his own. */
export type Visitor = {
  readonly dataDirectory: string;
  readonly boardUrl: string;
  readonly boardPort: number;
  readonly etcdPort: number;
  readonly etcdEndpoint: string;
  type(argv: readonly string[], env?: Readonly<Record<string, string>>): Terminal;
  start(env?: Readonly<Record<string, string>>): Terminal;
  /** The id of the run that goes on, or was killed. */
  runId(): string;
  /** The process that watches over all others. */
  launcherPid(): number;
  leave(): Promise<void>;
};

/** A visitor who has never been here; `leave` takes with him whatever he left running. */
export async function newVisitor(): Promise<Visitor> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "tortie-visitor-"));
  const [boardPort = 0, etcdPort = 0] = await freePorts(2);
  const children: ChildProcess[] = [];
  const ownEnv = { TORTIE_DATA_DIR: dataDirectory, PORT: String(boardPort), TORTIE_ETCD_PORT: String(etcdPort) };
  const type = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { ETCD_ENDPOINTS: _, ...inherited } = process.env;
    const [program = "", ...args] = argv;
    // A group of its own, as a terminal makes one: Ctrl-C goes to all of it.
    const child = spawn(program, args, { cwd: checkout, env: { ...inherited, ...ownEnv, ...env }, detached: true });
    children.push(child);
    return openTerminal(child);
  };
  const record = () => JSON.parse(readFileSync(join(dataDirectory, "run.json"), "utf8"));
  return {
    dataDirectory,
    boardPort,
    etcdPort,
    boardUrl: `http://127.0.0.1:${boardPort}`,
    etcdEndpoint: `http://127.0.0.1:${etcdPort}`,
    type,
    start: (env) => type(["npm", "start", "--silent"], env),
    runId: () => record().runId,
    launcherPid: () => record().launcher.pid,
    async leave() {
      for (const child of children) {
        if (hasEnded(child) || child.pid === undefined) continue;
        process.kill(-child.pid, "SIGINT");
        await once(child, "exit");
      }
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** What a run has made that is still there. */
export function leftOvers(runId: string): readonly string[] {
  const marked = readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(`TORTIE_RUN_ID=${runId}`))
    .map((pid) => `process ${pid}`);
  return [...marked, ...namespacesOf(runId)];
}

/** The network namespaces that carry a run's id. */
export function namespacesOf(runId: string): readonly string[] {
  return readdirSync("/run/netns").filter((name) => name.includes(runId));
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function openTerminal(child: ChildProcess): Terminal {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const ended = async () => {
    if (!hasEnded(child)) await once(child, "exit");
    return child.exitCode;
  };
  return {
    pid: child.pid ?? 0,
    text: () => text,
    ended,
    async sees(pattern) {
      const deadline = Date.now() + readyMs;
      while (!pattern.test(text)) {
        if (hasEnded(child)) throw new Error(`It ended without ${pattern}:\n${text}`);
        if (Date.now() > deadline) throw new Error(`No ${pattern} after ${readyMs / 1000} s:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
