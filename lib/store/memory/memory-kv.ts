import type { StoredEntry } from "#policy/snapshot.ts";
import type { Transaction } from "#store/change/plan-commit.ts";
import type { StoredValue } from "#store/change/stored-value.ts";
import { type LoggedTransaction, memoryHistory } from "#store/memory/memory-history.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

/** Every key of a prefix at a revision. */
export type KeyListing = { readonly revision: number; readonly entries: readonly StoredEntry[] };

/** A key-value store that behaves as etcd does towards us: revisions, compare and put, history, compaction. */
export interface MemoryKv {
  read(key: string): StoredValue | undefined;
  readPrefix(prefix: string, atRevision?: number): KeyListing;
  /** The new revision, or undefined when a compare failed and nothing was written. */
  transact(transaction: Transaction): number | undefined;
  /** The next transaction after the revision; undefined when there is none yet. Throws RevisionCompactedError. */
  after(revision: number): LoggedTransaction | undefined;
  compact(): void;
  /** Empties the store and starts counting anew, as a wiped etcd does. */
  wipe(): void;
  /** Counts wipes; a reader that sees another number must start over. */
  epoch(): number;
  /** While offline every reading and writing call throws StoreUnavailableError. */
  setOnline(isOnline: boolean): void;
  isOnline(): boolean;
  /** Resolves at the next transaction or change of state, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
  /** How many readers wait for a change. */
  waitingReaders(): number;
}

/** An empty store. */
export function memoryKv(): MemoryKv {
  let history = memoryHistory();
  let online = true;
  let epoch = 0;
  const waiters = new Set<() => void>();
  const wake = () => {
    for (const waiter of waiters) waiter();
  };
  const reachable = () => {
    if (!online) throw new StoreUnavailableError("The store is offline");
    return history;
  };
  return {
    read: (key) => reachable().present().get(key),
    readPrefix: (prefix, atRevision = history.revision()) => ({
      revision: atRevision,
      entries: listPrefix(reachable().valuesAt(atRevision), prefix),
    }),
    transact({ compares, puts, deletes }) {
      const values = reachable().present();
      if (compares.some(({ key, modRevision }) => (values.get(key)?.modRevision ?? 0) !== modRevision))
        return undefined;
      const present = deletes.filter((key) => values.has(key));
      if (puts.length + present.length === 0) return history.revision();
      const revision = history.append(new Map(puts.map(({ key, text }) => [key, text])), present);
      wake();
      return revision;
    },
    after: (revision) => reachable().after(revision),
    compact: () => history.compact(),
    wipe() {
      history = memoryHistory();
      epoch += 1;
      wake();
    },
    epoch: () => epoch,
    setOnline(isOnline) {
      online = isOnline;
      wake();
    },
    isOnline: () => online,
    changed: (signal) => nextCall(waiters, signal),
    waitingReaders: () => waiters.size,
  };
}

function listPrefix(values: ReadonlyMap<string, StoredValue>, prefix: string): readonly StoredEntry[] {
  return [...values]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, { text, modRevision }]) => ({ key, value: text, modRevision }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}

function nextCall(waiters: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      waiters.delete(finish);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    if (signal.aborted) return resolve();
    waiters.add(finish);
    signal.addEventListener("abort", finish, { once: true });
  });
}
