import type { PolicyStore, StoredChange, WatchEvent } from "#store/policy-store.ts";

/** A running watch, everything it told, and the state that follows from it. */
export interface WatchRecord {
  readonly events: readonly WatchEvent[];
  /** The transactions told, oldest first; snapshots in between are not in it. */
  transactions(): readonly (readonly StoredChange[])[];
  snapshotCount(): number;
  /** Value by key. */
  state(): ReadonlyMap<string, string>;
  /** Resolves as soon as the condition holds; throws after the time, saying what was told last. */
  until(condition: (record: WatchRecord) => boolean, timeoutMs?: number): Promise<void>;
  /** Aborts the watch and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts a watch and records it. A transaction told twice, out of order or in pieces makes `stop` and `until` throw. */
export function recordWatch(store: PolicyStore): WatchRecord {
  const abort = new AbortController();
  const events: WatchEvent[] = [];
  const state = new Map<string, string>();
  let revision = 0;
  let wake = () => {};
  const take = (event: WatchEvent) => {
    events.push(event);
    if (event.kind === "snapshot") {
      state.clear();
      for (const { key, value } of event.snapshot.entries) state.set(key, value);
      revision = event.snapshot.storeRevision;
    }
    if (event.kind === "changes") {
      if (event.storeRevision <= revision) throw new Error(`Revision ${event.storeRevision} told after ${revision}`);
      revision = event.storeRevision;
      for (const { key, value, modRevision } of event.changes) {
        if (modRevision !== revision) throw new Error(`${key} of ${modRevision} told in ${revision}`);
        if (value === undefined) state.delete(key);
        else state.set(key, value);
      }
    }
  };
  const run = async () => {
    for await (const event of store.watch(abort.signal)) {
      take(event);
      wake();
    }
  };
  let failure: { readonly cause: unknown } | undefined;
  const running = run().catch((cause: unknown) => {
    failure = { cause };
    wake();
  });
  const record: WatchRecord = {
    events,
    transactions: () => events.flatMap((event) => (event.kind === "changes" ? [event.changes] : [])),
    snapshotCount: () => events.filter(({ kind }) => kind === "snapshot").length,
    state: () => state,
    async until(condition, timeoutMs = 15_000) {
      const deadline = Date.now() + timeoutMs;
      while (failure === undefined && !condition(record)) {
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`Not told in time; told last: ${JSON.stringify(events.slice(-3))}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      if (failure !== undefined) throw failure.cause;
    },
    async stop() {
      abort.abort();
      await running;
      if (failure !== undefined) throw failure.cause;
    },
  };
  return record;
}
