/** A stream whose values the test pushes; like the store's, it gives a slow reader only the newest. */
export interface PushedStream<T> {
  readonly stream: AsyncIterable<T>;
  push(value: T): void;
  end(): void;
}

/** An empty stream. */
export function pushedStream<T>(): PushedStream<T> {
  let newest: { readonly value: T } | undefined;
  let isOver = false;
  let wake = () => {};
  async function* read(): AsyncGenerator<T> {
    for (;;) {
      const taken = newest;
      newest = undefined;
      if (taken !== undefined) yield taken.value;
      else if (isOver) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return {
    stream: read(),
    push(value) {
      newest = { value };
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
  };
}
