import type { Snapshot } from "#policy/snapshot.ts";
import { applyChanges, EMPTY_SNAPSHOT, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { type EndpointReader, keptEndpoint } from "#policy/stored-endpoint.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { PolicyStore, StoredChange, StoreSnapshot, WatchEvent } from "#store/policy-store.ts";

/** The policy state as it is now. */
export type LiveSnapshot = {
  readonly snapshot: Snapshot;
  /** The store revision the snapshot stands for. */
  readonly storeRevision: number;
  /** The keys that changed since the state yielded before; `all` after a new list. */
  readonly changedKeys: ReadonlySet<string> | "all";
  /** False while the store cannot be reached; the snapshot is then the last one known. */
  readonly connected: boolean;
  /** Why it is not connected. */
  readonly detail?: string;
};

/**
 * Follows the store: the first snapshot, then every newer state. A reader that is slow gets the newest state with all
 * keys that changed meanwhile, never a queue of old ones. Ends when `signal` aborts. A store that cannot be reached at
 * first yields `connected: false` with an empty snapshot at store revision 0; `connected: true` always has a real one.
 * `readEndpoint` says how endpoints are kept.
 */
export async function* followSnapshot(
  store: PolicyStore,
  signal: AbortSignal,
  readEndpoint: EndpointReader = keptEndpoint,
): AsyncGenerator<LiveSnapshot, void> {
  const stop = new AbortController();
  const live = latestState(store.watch(AbortSignal.any([signal, stop.signal])), readEndpoint);
  try {
    for (;;) {
      const next = await live.take();
      if (next === undefined) return;
      yield next;
    }
  } finally {
    stop.abort();
  }
}

/** Reads the watch eagerly and keeps what is new, so that it can be taken whenever the reader has time. */
function latestState(
  events: AsyncIterable<WatchEvent>,
  readEndpoint: EndpointReader,
): { take(): Promise<LiveSnapshot | undefined> } {
  let taken: LiveSnapshot = { snapshot: EMPTY_SNAPSHOT, storeRevision: 0, changedKeys: new Set(), connected: true };
  let news: News = { changes: [] };
  let isNew = false;
  let hasListed = false;
  let failure: { readonly cause: unknown } | undefined;
  let isOver = false;
  let wake = () => {};
  const read = async () => {
    for await (const event of events) {
      addEvent(news, event);
      hasListed ||= event.kind === "snapshot";
      // Connected but not listed yet: the empty snapshot must not look like the state of an empty store.
      if (event.kind === "connected" && !hasListed) continue;
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
    async take() {
      while (!isNew && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (failure !== undefined) throw failure.cause;
      if (isOver) return undefined;
      taken = withNews(taken, news, readEndpoint);
      news = { changes: [] };
      isNew = false;
      return taken;
    },
  };
}

/** What came since the last state was taken; changes are kept and applied at once, a burst costs no more than one. */
type News = {
  listed?: StoreSnapshot;
  changes: StoredChange[];
  storeRevision?: number;
  connection?: Extract<WatchEvent, { kind: "connected" | "disconnected" }>;
};

function addEvent(news: News, event: WatchEvent): void {
  switch (event.kind) {
    case "snapshot":
      // Whoever answers with a list can be reached.
      news.connection = { kind: "connected" };
      news.listed = event.snapshot;
      news.storeRevision = event.snapshot.storeRevision;
      news.changes = [];
      return;
    case "changes":
      for (const change of event.changes) news.changes.push(change);
      news.storeRevision = event.storeRevision;
      return;
    case "disconnected":
    case "connected":
      news.connection = event;
      return;
    default:
      assertNever(event);
  }
}

function withNews(before: LiveSnapshot, news: News, readEndpoint: EndpointReader): LiveSnapshot {
  const { listed, changes, storeRevision, connection } = news;
  // After a new list most endpoints are as they were; an entry that stays the same object costs nobody anything.
  const reread: EndpointReader = (path, text) => readEndpoint(path, text, before.snapshot.endpoints.get(path));
  const base = listed === undefined ? before.snapshot : snapshotFromEntries(listed.entries, reread);
  const revision = storeRevision ?? before.storeRevision;
  const isReachable = connection === undefined ? before.connected : connection.kind === "connected";
  // No store is at revision 0: nothing was listed yet, and the empty snapshot stands for nothing.
  const connected = isReachable && revision > 0;
  const detail = connection?.kind === "disconnected" ? connection.detail : before.detail;
  return {
    snapshot: changes.length === 0 ? base : applyChanges(base, changes, readEndpoint),
    storeRevision: revision,
    changedKeys: listed === undefined ? new Set(changes.map(({ key }) => key)) : "all",
    connected,
    ...(!connected && detail !== undefined && { detail }),
  };
}
