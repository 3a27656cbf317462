/** What is known of a value the board reads: the newest good reading, and why the last one failed if it did. */
export type Reading<T> = { readonly value: T | undefined; readonly failure: Error | undefined };

/** A value that is read again whenever something says that it may have changed. */
export interface LiveValue<T> {
  readonly read: () => Reading<T>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads again. Asked while a reading is under way, one more follows it: a burst of hints costs two readings. */
  readonly refresh: () => void;
}

type ReadAgain<T> = (before: T | undefined, signal: AbortSignal) => Promise<T>;

/** A board that does not answer within this is taken for one that is away. */
const ANSWER_MS = 20_000;
const TRY_AGAIN_MS = 1_000;

/**
 * Keeps the last good reading whatever happens to the line, as a board must (an empty list would look like no policy).
 * Own, because this and useWrite are all that is needed of a query library, and one costs 12 kB of the first load.
 */
export function liveValue<T>(readAgain: ReadAgain<T>, initial?: T): LiveValue<T> {
  let reading: Reading<T> = { value: initial, failure: undefined };
  let isReading = false;
  let isAskedAgain = false;
  const listeners = new Set<() => void>();
  const attempt = () => readAgain(reading.value, AbortSignal.timeout(ANSWER_MS));
  const readOnce = async () => {
    try {
      const value = await attempt().catch(() => pause(TRY_AGAIN_MS).then(attempt));
      reading = { value, failure: undefined };
    } catch (cause) {
      reading = { ...reading, failure: cause instanceof Error ? cause : new Error("no answer", { cause }) };
    }
    for (const listener of [...listeners]) listener();
  };
  const readUntilCurrent = async () => {
    isReading = true;
    do {
      isAskedAgain = false;
      await readOnce();
    } while (isAskedAgain);
    isReading = false;
  };
  return {
    read: () => reading,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh() {
      if (isReading) isAskedAgain = true;
      else void readUntilCurrent();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
