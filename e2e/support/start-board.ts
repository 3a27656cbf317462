import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "#store/testing/free-ports.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const START_MS = 20_000;

/** A built board of a test, on a port of its own. */
export interface TestBoard {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What the server wrote, for a failure's message. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the standalone server of the build in TORTIE_DIST_DIR (else .next), and waits until it answers. */
export async function startBoard(etcdEndpoint: string): Promise<TestBoard> {
  const distDir = process.env.TORTIE_DIST_DIR ?? ".next";
  const standalone = join(root, distDir, "standalone");
  // `npm run build` has copied both; a build made by hand has not, and one that is served must not be copied over.
  if (!existsSync(join(standalone, distDir, "static"))) {
    await cp(join(root, distDir, "static"), join(standalone, distDir, "static"), { recursive: true });
    await cp(join(root, "public"), join(standalone, "public"), { recursive: true });
  }
  const [port = 0] = await freePorts(1);
  const server = spawn(process.execPath, ["server.js"], {
    cwd: standalone,
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
      ETCD_ENDPOINTS: etcdEndpoint,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk) => (log += String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  const stop = () => end(server);
  await waitUntilAnswering(url, server).catch(async (cause) => {
    await stop();
    throw new Error(`the board did not start:\n${log}`, { cause });
  });
  return { url, log: () => log, stop };
}

async function waitUntilAnswering(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`it ended with code ${server.exitCode}`);
    const answer = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it does not answer");
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGKILL");
  await ended;
}
