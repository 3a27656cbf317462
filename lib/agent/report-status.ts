import type { Clock } from "#agent/clock.ts";
import type { Log } from "#agent/log.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

export type StatusReporter = {
  /** Something changed: the status is written soon. */
  report(): void;
  /** Stops writing; the status vanishes with its lease. */
  stop(): void;
};

export type StatusOptions = {
  /** Writes the status as it is then; throws StoreUnavailableError. */
  readonly write: () => Promise<void>;
  readonly heartbeatMs: number;
  readonly log: Log;
  readonly clock: Clock;
};

// A burst of changes is one write.
const SETTLE_MS = 100;
const RETRY_MS = 5_000;

/** Writes the status on change and at every heartbeat; a store that is away is tried again, and stops nothing. */
export function statusReporter(options: StatusOptions): StatusReporter {
  const { clock } = options;
  let callOff = () => {};
  let dueAtMs = Number.POSITIVE_INFINITY;
  let isStopped = false;
  // Writes follow one another: a later status must not be overtaken by an earlier one.
  let writing: Promise<void> | undefined;
  const schedule = (ms: number) => {
    if (isStopped || clock.now() + ms >= dueAtMs) return;
    callOff();
    dueAtMs = clock.now() + ms;
    callOff = clock.after(ms, () => {
      dueAtMs = Number.POSITIVE_INFINITY;
      writing = (writing ?? Promise.resolve()).then(write);
    });
  };
  const write = async () => {
    if (isStopped) return;
    schedule((await tryToWrite(options)) ? options.heartbeatMs : RETRY_MS);
  };
  schedule(SETTLE_MS);
  return {
    report: () => schedule(SETTLE_MS),
    stop() {
      isStopped = true;
      callOff();
    },
  };
}

async function tryToWrite({ write, log }: StatusOptions): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    log.warn({ err: error }, "the status could not be written");
    return false;
  }
}
