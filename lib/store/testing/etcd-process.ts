import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const READY_TIMEOUT_MS = 20_000;

/** One etcd child process that can die and come back on the same ports and data. */
export interface EtcdProcess {
  /** Starts it (again); resolves when it runs, not yet when it is healthy. */
  start(): void;
  /** Resolves when the health page says so; throws with etcd's own last words when it exits or takes too long. */
  waitUntilHealthy(): Promise<void>;
  /** Sends the signal and waits until the process is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** SIGSTOP: the sockets stay open and nobody answers. */
  freeze(): void;
  thaw(): void;
}

/** How to run one etcd; its working directory is where relative paths and sockets land. */
export type EtcdCommand = { readonly args: readonly string[]; readonly cwd: string; readonly healthPort: number };

/** Describes an etcd child; nothing runs before `start`. It cannot outlive this process, not even after SIGKILL. */
export function etcdProcess({ args, cwd, healthPort }: EtcdCommand): EtcdProcess {
  let child: ChildProcess | undefined;
  let lastWords = "";
  const onExit = () => child?.kill("SIGKILL");
  return {
    start() {
      lastWords = "";
      // setpriv is part of Debian's essential util-linux: the kernel ends etcd when the test runner dies.
      child = spawn("setpriv", ["--pdeathsig", "KILL", "etcd", ...args], {
        cwd,
        env: environmentWithoutEtcd(),
        stdio: ["ignore", "ignore", "pipe"],
      });
      child.stderr?.on("data", (chunk: Buffer) => {
        lastWords = (lastWords + chunk.toString()).slice(-4000);
      });
      process.once("exit", onExit);
    },
    async waitUntilHealthy() {
      const deadline = Date.now() + READY_TIMEOUT_MS;
      while (!(await isHealthy(healthPort))) {
        if (child === undefined || child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
          throw new Error(`etcd did not become healthy on port ${healthPort}:\n${lastWords}`);
        }
        await sleep(20);
      }
    },
    async end(signal) {
      process.removeListener("exit", onExit);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      // A frozen process only takes SIGTERM once it runs again.
      child.kill("SIGCONT");
      await gone;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}

/** etcd takes every flag from ETCD_... too, and the client's ETCD_CERT_FILE is the server's `--cert-file`. */
function environmentWithoutEtcd(): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: a child process gets the environment without what is meant for us.
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) if (name.startsWith("ETCD_")) delete environment[name];
  return environment;
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host: "127.0.0.1", port, path: "/health", timeout: 1000 }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve(body.includes('"true"')));
    });
    probe.on("timeout", () => probe.destroy());
    probe.on("error", () => resolve(false));
    probe.end();
  });
}
