import type { StoredEntry } from "#policy/snapshot.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";

export type StoreConnection = {
  readonly store: PolicyStore;
  readonly statuses: NodeStatusStore;
  close(): Promise<void>;
};

/** What a contract suite needs to know of a store: doors, and hands that work behind their back. */
export interface StoreUnderTest {
  /** One more client of the same store. */
  connect(limits?: { readonly maxTxnOps: number; readonly maxRequestBytes: number }): StoreConnection;
  /** Writes a key as some other program would. */
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** All keys of a prefix, sorted. */
  list(prefix: string): Promise<readonly StoredEntry[]>;
  /** Forgets everything older than now. */
  compact(): Promise<void>;
  /** Cuts every connection, as a restart of the server does; resolves when the store answers again. */
  interrupt(): Promise<void>;
  /** Replaces the store by an empty one that counts its revisions anew; clients find it only after `meanwhile`. */
  wipe(meanwhile?: () => Promise<void>): Promise<void>;
  /** Removes every key between tests. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}
