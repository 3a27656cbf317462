import { LaunchError } from "../base/launch-error.mjs";
import { requireMachine } from "../base/require-machine.mjs";
import { bold, complain, dim, say, step, warn } from "../base/terminal.mjs";
import { prepareDataDirectory } from "../services/embedded-etcd.mjs";
import { claimRun, releaseRun } from "./claim-run.mjs";
import { readStartSettings } from "./start-settings.mjs";
import { StopRequest, stopOnSignals } from "./stop-on-signals.mjs";
import { createSupervisor, markOurPrograms } from "./supervisor.mjs";

/** @typedef {import("./start-settings.mjs").StartSettings} StartSettings */
/** @typedef {ReturnType<typeof import("./stop-on-signals.mjs").stopOnSignals>} Stop */
/** @typedef {import("./supervisor.mjs").ServiceSpec} ServiceSpec */
/** @typedef {import("./supervisor.mjs").Service} Service */
/**
 * @typedef {object} Run
 * @property {StartSettings} settings
 * @property {import("./run-record.mjs").RunRecord} record
 * @property {AbortSignal} signal                              aborted when the run has to end
 * @property {(spec: ServiceSpec) => Promise<Service>} start   a program that lives as long as the run
 * @property {(close: () => void | Promise<void>) => void} onClose             after the programs are stopped, before anything is removed
 */

/**
 * Runs `body`, then waits until somebody stops us, and removes everything the run made, however it ends.
 * Returns the exit code: 0 when we were asked to stop, 1 when something a person can put right was in the way.
 * @param {string} title
 * @param {NodeJS.ProcessEnv} env
 * @param {(run: Run) => Promise<void>} body
 */
export async function withRun(title, env, body) {
  const stop = stopOnSignals();
  try {
    requireMachine();
    const settings = readStartSettings(env);
    prepareDataDirectory(settings.dataDirectory);
    say(`${bold(title)}${dim("  data, logs and the record of this run: ")}${settings.dataDirectory}`);
    await runUntilStopped(settings, stop, body);
    return 0;
  } catch (error) {
    if (error instanceof StopRequest) return 0;
    if (!isForPeople(error)) throw error;
    complain(error.message, error instanceof LaunchError ? error.advice : []);
    return 1;
  }
}

/** A full disk or a forbidden folder is the machine's state, told in one line; anything else is a bug of ours. @param {unknown} error @returns {error is Error} */
function isForPeople(error) {
  return error instanceof LaunchError || (error instanceof Error && "syscall" in error);
}

/** @param {StartSettings} settings @param {Stop} stop @param {(run: Run) => Promise<void>} body */
async function runUntilStopped(settings, stop, body) {
  const record = await claimRun(settings.dataDirectory, {
    boardUrl: settings.boardUrl,
    etcdEndpoints: settings.etcdEndpoints,
    onCleanUp: (text) => say(`  ${text}`),
  });
  markOurPrograms(record.runId);
  const supervisor = createSupervisor({
    logDirectory: settings.logDirectory,
    signal: stop.signal,
    onTrouble: (message, logFile) => warn(message, [`Its log: ${logFile}`]),
    onGiveUp: (error, { isEssential = false }) =>
      isEssential ? stop.fail(error) : warn(error.message, [...error.advice, "It is left alone from now on."]),
  });
  /** @type {(() => void | Promise<void>)[]} */
  const closers = [];
  try {
    await body({
      settings,
      record,
      signal: stop.signal,
      start: supervisor.start,
      onClose: (close) => closers.push(close),
    });
    await stop.requested;
  } finally {
    stop.beginCleanUp(record.runId);
    const cleanUp = async () => {
      await supervisor.stopAll();
      for (const close of closers) await close();
      await releaseRun(settings.dataDirectory, record);
      return "everything this run made is gone; the data stays";
    };
    // Where nothing was started yet, there is nothing to tell.
    await (supervisor.hasStarted() ? step("Stopping", cleanUp) : cleanUp());
  }
}
