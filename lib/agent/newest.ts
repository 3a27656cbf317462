/** The newest value of a stream, for a reader that is slower than its writer. */
export interface Newest<T> {
  /** The last value that came; `undefined` before the first. */
  latest(): T | undefined;
  /** Resolves when a value came that `latest` has not given yet, when the stream ends, or after `ms`. */
  wait(ms: number): Promise<void>;
  readonly isOver: boolean;
}

/** Reads a stream eagerly and keeps only its newest value. An error of the stream is thrown by the next `wait`. */
export function newestOf<T>(stream: AsyncIterable<T>): Newest<T> {
  let value: T | undefined;
  let isNew = false;
  let isOver = false;
  let failure: { readonly cause: unknown } | undefined;
  let wake = () => {};
  const read = async () => {
    for await (const next of stream) {
      value = next;
      isNew = true;
      wake();
    }
  };
  read()
    .catch((cause: unknown) => {
      failure = { cause };
    })
    .finally(() => {
      isOver = true;
      wake();
    });
  return {
    latest() {
      isNew = false;
      return value;
    },
    async wait(ms) {
      if (!isNew && !isOver) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      if (failure !== undefined) throw failure.cause;
    },
    get isOver() {
      return isOver;
    },
  };
}
