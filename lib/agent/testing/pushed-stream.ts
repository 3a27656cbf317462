/** A stream whose values the test pushes. */
export interface PushedStream<T> {
  readonly stream: AsyncIterable<T>;
  push(value: T): void;
  end(): void;
}

/** An empty stream. */
export function pushedStream<T>(): PushedStream<T> {
  const values: T[] = [];
  let isOver = false;
  let wake = () => {};
  async function* read(): AsyncGenerator<T> {
    for (;;) {
      const value = values.shift();
      if (value !== undefined) yield value;
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
      values.push(value);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
  };
}
