import { say } from "../base/terminal.mjs";
import { endProcessesOf } from "./supervisor.mjs";

/** @typedef {import("../base/launch-error.mjs").LaunchError} LaunchError */

/** Somebody asked us to stop: no failure. */
export class StopRequest extends Error {}

/**
 * Turns Ctrl-C, kill and a closed terminal into one request to stop. During clean-up a second request
 * ends what still runs without waiting for it.
 */
export function stopOnSignals() {
  const controller = new AbortController();
  /** @type {string | undefined} */
  let cleaningRunId;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (!controller.signal.aborted) return controller.abort(new StopRequest(`stopped by ${signal}`));
      // npm passes Ctrl-C on to us although the terminal sent it already: only one after a while is a second one.
      if (cleaningRunId !== undefined && Date.now() - abortedAt > 1_000) {
        say("Once more: ending what still runs at once.");
        void endProcessesOf(cleaningRunId, 0);
      }
    });
  }
  let abortedAt = 0;
  controller.signal.addEventListener("abort", () => {
    abortedAt = Date.now();
  });

  /** @type {Promise<never>} */
  const requested = new Promise((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  // Nobody awaits it yet when the stop comes during the start.
  requested.catch(() => undefined);

  return {
    signal: controller.signal,
    /** Stops because something we cannot do without has failed. */
    fail: (/** @type {LaunchError} */ error) => controller.abort(error),
    /** Rejects when we have to stop, with the reason. */
    requested,
    beginCleanUp(/** @type {string} */ runId) {
      cleaningRunId = runId;
    },
  };
}
