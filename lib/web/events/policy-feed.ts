import type { StoredEntry } from "#policy/snapshot.ts";
import type { PolicyStore, WatchEvent } from "#store/policy-store.ts";
import { changesBetween } from "./changes-between.ts";
import type { EntryChange, FeedCursor, StoreHealth } from "./event-types.ts";

/** How many transactions back a reader may resume; one that is further behind reads everything again. */
const MAX_REMEMBERED_STEPS = 2_000;

/** One transaction as the watch told it. */
export type FeedStep = {
  readonly sequence: number;
  readonly revision: number;
  readonly changes: readonly EntryChange[];
};

export type FeedState = {
  readonly cursor: FeedCursor;
  readonly storeRevision: number;
  readonly entries: ReadonlyMap<string, StoredEntry>;
};

export type FeedNews = { readonly kind: "step"; readonly step: FeedStep } | { readonly kind: "health" };

/**
 * The one watch of this process, fanned out to every open browser. It keeps the raw entries, because that is what
 * browsers get, and the last steps, so that a browser that was away reads what it missed and no more. A new snapshot
 * from the store (after compaction, a wipe, a long break) becomes the step that leads to it.
 */
export interface PolicyFeed {
  /** `undefined` until the store has answered for the first time. */
  state(): FeedState | undefined;
  /** Resolves with the state, or with `undefined` when the store does not answer in time. */
  ready(withinMs: number): Promise<FeedState | undefined>;
  health(): StoreHealth;
  /** Steps after the cursor, oldest first; `undefined` when they are not remembered: read everything. */
  since(cursor: FeedCursor): readonly FeedStep[] | undefined;
  cursorOf(step: FeedStep): FeedCursor;
  subscribe(listener: (news: FeedNews) => void): () => void;
}

type FeedOptions = { readonly signal: AbortSignal; readonly now: () => number; readonly bootId: string };

/** Starts following the store; ends when the signal aborts. */
export function followPolicy(store: PolicyStore, { signal, now, bootId }: FeedOptions): PolicyFeed {
  const listeners = new Set<(news: FeedNews) => void>();
  let entries: Map<string, StoredEntry> | undefined;
  let storeRevision = 0;
  let steps: FeedStep[] = [];
  let sequence = 0;
  let away: { readonly since: number; readonly detail: string } | undefined = {
    since: now(),
    detail: "not reached yet",
  };

  const tell = (news: FeedNews) => {
    for (const listener of [...listeners]) listener(news);
  };
  const setAway = (detail: string | undefined) => {
    const wasAway = away !== undefined;
    if (detail === undefined) away = undefined;
    else away = { since: away?.since ?? now(), detail };
    if (wasAway !== (away !== undefined)) tell({ kind: "health" });
  };
  const addStep = (revision: number, changes: readonly EntryChange[]) => {
    storeRevision = revision;
    sequence += 1;
    const step = { sequence, revision, changes };
    steps = steps.length < MAX_REMEMBERED_STEPS ? [...steps, step] : [...steps.slice(steps.length / 2), step];
    tell({ kind: "step", step });
  };
  const hear = (event: WatchEvent) => {
    switch (event.kind) {
      case "disconnected":
        return setAway(event.detail);
      case "connected":
        return entries === undefined ? undefined : setAway(undefined);
      case "snapshot": {
        const before = entries;
        entries = new Map(event.snapshot.entries.map((entry) => [entry.key, entry]));
        addStep(event.snapshot.storeRevision, changesBetween(before ?? new Map(), entries));
        return setAway(undefined);
      }
      case "changes": {
        const known = entries ?? new Map<string, StoredEntry>();
        entries = known;
        for (const change of event.changes) applyChange(known, change);
        addStep(event.storeRevision, event.changes);
        return setAway(undefined);
      }
    }
  };
  void (async () => {
    for await (const event of store.watch(signal)) hear(event);
  })();

  const cursorAt = (at: number): FeedCursor => `${bootId}.${at}`;
  const state = () => entries && { cursor: cursorAt(sequence), storeRevision, entries };
  return {
    state,
    ready: (withinMs) => waitFor(state, listeners, withinMs),
    health: () => (away ? { kind: "away", awayForMs: now() - away.since, detail: away.detail } : { kind: "in-touch" }),
    since(cursor) {
      const [boot, at] = cursor.split(".");
      const from = Number(at);
      const oldest = steps[0]?.sequence ?? sequence + 1;
      if (boot !== bootId || !Number.isInteger(from) || from > sequence || from < oldest - 1) return undefined;
      return steps.filter((step) => step.sequence > from);
    },
    cursorOf: (step) => cursorAt(step.sequence),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function applyChange(entries: Map<string, StoredEntry>, { key, value, modRevision }: EntryChange): void {
  if (value === undefined) entries.delete(key);
  else entries.set(key, { key, value, modRevision });
}

function waitFor<T>(
  read: () => T | undefined,
  listeners: Set<(news: FeedNews) => void>,
  withinMs: number,
): Promise<T | undefined> {
  const now = read();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const settle = () => {
      listeners.delete(look);
      clearTimeout(timer);
      resolve(read());
    };
    const look = () => {
      if (read() !== undefined) settle();
    };
    const timer = setTimeout(settle, withinMs);
    listeners.add(look);
  });
}
