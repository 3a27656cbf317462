import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "../base/launch-error.mjs";
import { root, searchPath } from "../base/paths.mjs";
import { tailLines } from "../base/run-program.mjs";
import { processesWith } from "./process-identity.mjs";

/**
 * @typedef {object} ServiceSpec
 * @property {string} name                 also names its log file
 * @property {readonly string[]} argv
 * @property {Readonly<Record<string, string | undefined>>} [env]
 * @property {() => Promise<boolean>} [isReady]      asked until it says yes
 * @property {(message: unknown) => void} [onMessage]  gives the program a channel to us
 * @property {readonly string[]} [advice]  what to do when it does not start
 * @property {number} [stopGraceMs]        how long it may take to end when asked to
 * @property {boolean} [isEssential]       without it there is no point in going on
 */

/** @typedef {{ child: import("node:child_process").ChildProcess; stopGraceMs: number }} Running */
/** @typedef {{ name: string; send: (message: unknown) => void; logFile: string }} Service */
/** @typedef {{ logDirectory: string; signal: AbortSignal; onTrouble: (message: string, logFile: string) => void; onGiveUp: (error: LaunchError, spec: ServiceSpec) => void }} SupervisorOptions */

const runMark = "TORTIE_RUN_ID";

const readyTimeoutMs = 60_000;
const askAgainMs = 100;
const maxLogBytes = 5 * 1024 * 1024;
const stopGraceMs = 8_000;
// A program that ends is started again after a pause; one that keeps ending is given up.
const maxRestarts = 5;
const restartWindowMs = 60_000;
const restartPauseMs = 1_000;

/** Starts programs, starts them again when they end by themselves, and stops them in reverse order. */
export function createSupervisor(/** @type {SupervisorOptions} */ options) {
  /** @type {Running[]} */
  const running = [];
  let isStopping = false;
  mkdirSync(options.logDirectory, { recursive: true });

  /** @param {ServiceSpec} spec @returns {Promise<Service>} */
  async function start(spec) {
    const logFile = join(options.logDirectory, `${spec.name}.log`);
    rotateLog(logFile);
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    /** @type {number[]} */
    const restarts = [];
    let child = launch();
    await untilReady(spec, { hasEnded: () => hasEnded(child), logFile, logStart, signal: options.signal });
    keepAlive(child);
    return {
      name: spec.name,
      logFile,
      send: (message) => child.connected && child.send(/** @type {object} */ (message)),
    };

    function launch() {
      const started = spawnService(spec, logFile);
      running.push({ child: started, stopGraceMs: spec.stopGraceMs ?? stopGraceMs });
      return started;
    }

    /** @param {import("node:child_process").ChildProcess} current */
    function keepAlive(current) {
      if (hasEnded(current)) void restart(current);
      else current.once("exit", () => void restart(current));
    }

    /** @param {import("node:child_process").ChildProcess} ended */
    async function restart(ended) {
      running.splice(
        running.findIndex(({ child: one }) => one === ended),
        1,
      );
      if (isStopping) return;
      const now = Date.now();
      restarts.push(now);
      const how = ended.signalCode ?? `code ${ended.exitCode}`;
      if (restarts.filter((at) => now - at < restartWindowMs).length > maxRestarts) {
        const error = new LaunchError(`${spec.name} keeps ending (${how}).`, [
          ...logTail(logFile),
          `Its log: ${logFile}`,
        ]);
        return options.onGiveUp(error, spec);
      }
      options.onTrouble(`${spec.name} ended (${how}); starting it again.`, logFile);
      await sleep(restartPauseMs);
      if (isStopping) return;
      child = launch();
      keepAlive(child);
    }
  }

  async function stopAll() {
    isStopping = true;
    for (const one of [...running].reverse()) await stop(one);
  }

  return { start, stopAll, hasStarted: () => running.length > 0 };
}

/** From now on every program we start carries the run's id, and so do the programs that those start. */
export function markOurPrograms(/** @type {string} */ runId) {
  process.env[runMark] = runId;
}

/** Ends every program of a run, by its mark: asks first, then forces. Returns how many there were. */
export async function endProcessesOf(/** @type {string} */ runId, graceMs = stopGraceMs) {
  const found = processesWith(runMark, runId);
  for (const pid of found) kill(pid, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (processesWith(runMark, runId).length > 0 && Date.now() < deadline) await sleep(50);
  for (const pid of processesWith(runMark, runId)) kill(pid, "SIGKILL");
  while (processesWith(runMark, runId).length > 0 && Date.now() < deadline + 2_000) await sleep(50);
  return found.length;
}

/** The last words of a log, to show beside a failure. */
export function logTail(/** @type {string} */ logFile, from = 0) {
  try {
    return tailLines(readFileSync(logFile).subarray(from).toString("utf8"), 8).map((line) => line.slice(0, 300));
  } catch {
    return [];
  }
}

/** @param {ServiceSpec} spec @param {string} logFile */
function spawnService(spec, logFile) {
  const [program = "", ...args] = spec.argv;
  const log = openSync(logFile, "a");
  try {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, PATH: searchPath(), ...spec.env },
      // The log is the program's own descriptor, so that our death does not break its output.
      stdio: ["ignore", log, log, ...(spec.onMessage ? [/** @type {const} */ ("ipc")] : [])],
      // A group of its own: Ctrl-C reaches us alone, and we stop the programs in order.
      detached: true,
    });
    child.on("error", () => undefined);
    if (spec.onMessage) child.on("message", spec.onMessage);
    return child;
  } finally {
    closeSync(log);
  }
}

/** @param {ServiceSpec} spec @param {{ hasEnded: () => boolean; logFile: string; logStart: number; signal: AbortSignal }} watch */
async function untilReady(spec, watch) {
  const deadline = Date.now() + readyTimeoutMs;
  while (spec.isReady !== undefined) {
    watch.signal.throwIfAborted();
    const isReady = await spec.isReady();
    if (watch.hasEnded()) {
      throw new LaunchError(`${spec.name} did not start.`, [
        ...logTail(watch.logFile, watch.logStart),
        ...(spec.advice ?? []),
        `Its log: ${watch.logFile}`,
      ]);
    }
    if (isReady) return;
    if (Date.now() > deadline) {
      throw new LaunchError(`${spec.name} was not ready after ${readyTimeoutMs / 1000} s.`, [
        ...logTail(watch.logFile, watch.logStart),
        `Its log: ${watch.logFile}`,
      ]);
    }
    await sleep(askAgainMs);
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** @param {Running} running */
async function stop({ child, stopGraceMs: graceMs }) {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = new Promise((done) => child.once("exit", done));
  kill(child.pid, "SIGTERM");
  const isGone = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (isGone) return;
  kill(-child.pid, "SIGKILL");
  await ended;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone already is what we wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Keeps one older log, so that a data directory used for months does not grow without end. @param {string} logFile */
function rotateLog(logFile) {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogBytes) renameSync(logFile, `${logFile}.1`);
}
