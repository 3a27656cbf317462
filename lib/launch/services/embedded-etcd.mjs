import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../base/launch-error.mjs";
import { mustRun } from "../base/run-program.mjs";

/** @typedef {{ dataDirectory: string; port: number }} EmbeddedEtcd */

const LIMITS = { max_txn_ops: 8192, max_request_bytes: 10 * 1024 * 1024 };

/** Says in etcd itself what it takes, so that calicoctl knows it as the board does (lib/store/README.md). */
export async function publishLimits(/** @type {string} */ url) {
  const value = JSON.stringify(LIMITS);
  await mustRun(["etcdctl", `--endpoints=${url}`, "put", "/tortie/v1/limits", value], { env: { ETCDCTL_API: "3" } });
}

/** How to run Debian's etcd as a child: one member, on loopback only, with room for large transactions. */
export function etcdService(/** @type {EmbeddedEtcd} */ etcd) {
  const data = join(etcd.dataDirectory, "etcd");
  const url = `http://127.0.0.1:${etcd.port}`;
  return {
    name: "etcd",
    argv: [
      "etcd",
      "--name=tortie",
      `--data-dir=${data}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      // A single member talks to nobody; port 0 takes any free one.
      "--listen-peer-urls=http://127.0.0.1:0",
      "--initial-advertise-peer-urls=http://127.0.0.1:0",
      "--initial-cluster=tortie=http://127.0.0.1:0",
      `--max-txn-ops=${LIMITS.max_txn_ops}`,
      `--max-request-bytes=${LIMITS.max_request_bytes}`,
      "--quota-backend-bytes=4294967296",
      "--auto-compaction-mode=periodic",
      "--auto-compaction-retention=24h",
      // No JSON gateway and no foreign Host: a web page must not be able to write to the store.
      "--enable-grpc-gateway=false",
      "--host-whitelist=127.0.0.1,localhost",
      "--logger=zap",
      "--log-level=warn",
    ],
    // etcd 3.4 runs on arm64 only when told to.
    env: { ETCD_UNSUPPORTED_ARCH: process.arch === "arm64" ? "arm64" : undefined },
    isEssential: true,
    isReady: () => isHealthy(url),
    advice: [`If its data is damaged, move it away and start with an empty store:  mv ${data} ${data}.broken`],
  };
}

/** Makes sure that we can keep data there, before anything is built or started. */
export function prepareDataDirectory(/** @type {string} */ directory) {
  const advice = ["Choose another place:  TORTIE_DATA_DIR=/some/folder npm start"];
  try {
    mkdirSync(directory, { recursive: true });
    for (const folder of [directory, join(directory, "etcd")].filter((path) => existsSync(path))) {
      if (!statSync(folder).isDirectory()) throw new LaunchError(`${folder} is not a folder.`, advice);
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    }
    // etcd warns about a data folder that others can read.
    mkdirSync(join(directory, "etcd"), { mode: 0o700, recursive: true });
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(`The data directory ${directory} cannot be used: ${reason}`, advice);
  }
}

/** @param {string} url */
async function isHealthy(url) {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) });
    return response.ok && (await response.text()).includes("true");
  } catch {
    return false;
  }
}
