import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LaunchError } from "../base/launch-error.mjs";
import { removeNamespaces } from "../playground/make-namespaces.mjs";
import { processIdentity } from "./process-identity.mjs";
import { claimRecord, isRunning, readRecord, recordFile, removeRecord } from "./run-record.mjs";
import { endProcessesOf } from "./supervisor.mjs";

/** @typedef {import("./run-record.mjs").RunRecord} RunRecord */

/**
 * Makes this process the one that runs on a data directory. What a killed run left behind is removed first;
 * a run that still goes on is left alone, and we refuse.
 * @param {string} dataDirectory
 * @param {{ boardUrl: string; etcdEndpoints: string; onCleanUp: (text: string) => void }} options
 * @returns {Promise<RunRecord>}
 */
export async function claimRun(dataDirectory, { boardUrl, etcdEndpoints, onCleanUp }) {
  const file = recordFile(dataDirectory);
  const launcher = processIdentity(process.pid);
  if (launcher === undefined)
    throw new LaunchError("/proc cannot be read, and without it nothing can be cleaned up safely.");
  const socketDirectory = mkdtempSync(join(tmpdir(), "tortie-"));
  const record = { runId: randomBytes(3).toString("hex"), launcher, socketDirectory, boardUrl, etcdEndpoints };
  try {
    while (!claimRecord(file, record)) await cleanUpDeadRun(file, onCleanUp);
    return record;
  } catch (error) {
    rmSync(socketDirectory, { recursive: true, force: true });
    throw error;
  }
}

/** Removes whatever a run made: its programs, its namespaces, its socket, and last its record. */
export async function releaseRun(/** @type {string} */ dataDirectory, /** @type {RunRecord} */ record) {
  const processes = await endProcessesOf(record.runId);
  const namespaces = await removeNamespaces(record.runId);
  rmSync(record.socketDirectory, { recursive: true, force: true });
  removeRecord(recordFile(dataDirectory), record.runId);
  return { processes, namespaces };
}

/** @param {string} file @param {(text: string) => void} onCleanUp */
async function cleanUpDeadRun(file, onCleanUp) {
  const found = readRecord(file);
  if (found === undefined) return;
  if (found === "unreadable") {
    throw new LaunchError(`${file} is not a record of ours.`, [
      "If no other npm start runs on this data directory, remove that file.",
    ]);
  }
  if (isRunning(found)) {
    throw new LaunchError(
      `Tortie runs already on this data directory: ${found.boardUrl} (process ${found.launcher.pid}).`,
      [
        `Stop that one with Ctrl-C, or:  kill ${found.launcher.pid}`,
        "or start a second one beside it:  TORTIE_DATA_DIR=/another/folder PORT=3100 TORTIE_ETCD_PORT=2479 npm start",
      ],
    );
  }
  const { processes, namespaces } = await releaseRun(join(file, ".."), found);
  onCleanUp(
    `an earlier run was killed: ended ${count(processes, "program")} of it and removed ${count(namespaces, "namespace")}`,
  );
}

/** @param {number} amount @param {string} noun */
const count = (amount, noun) => `${amount} ${noun}${amount === 1 ? "" : "s"}`;
