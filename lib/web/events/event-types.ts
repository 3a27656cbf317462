import type { StoredEntry } from "#policy/snapshot.ts";

/**
 * Where a reader of the policy stands: `<boot id>.<sequence>`. It names what this server process has told, not a store
 * revision, so that a wiped or restored etcd can never be mistaken for the state that was read before.
 */
export type FeedCursor = string;

/** One changed key; `value` is absent when it was deleted. */
export type EntryChange = { readonly key: string; readonly value?: string; readonly modRevision: number };

/** The answer of GET /api/state: everything, or what changed since the cursor that was sent. */
export type StatePayload = { readonly cursor: FeedCursor; readonly storeRevision: number } & (
  | { readonly kind: "full"; readonly entries: readonly StoredEntry[] }
  | { readonly kind: "delta"; readonly changes: readonly EntryChange[] }
);

/** What the board knows of its store; ages are durations, so that two clocks need not agree. */
export type StoreHealth =
  | { readonly kind: "in-touch" }
  | { readonly kind: "away"; readonly awayForMs: number; readonly detail: string };

/** What /api/events says. Hints, not data: who hears one reads /api/state since its own cursor (ADR-008). */
export type BoardEvent =
  | {
      readonly kind: "changed";
      readonly revision: number;
      readonly profiles: readonly string[];
      readonly others: boolean;
    }
  | { readonly kind: "resync" }
  | { readonly kind: "store"; readonly health: StoreHealth }
  | { readonly kind: "nodes" }
  /** An intent was written or removed, or holds or does not hold any more. */
  | { readonly kind: "intents" };

export const BOARD_EVENT_KINDS = [
  "changed",
  "resync",
  "store",
  "nodes",
  "intents",
] as const satisfies readonly BoardEvent["kind"][];

/** A comment line goes out this often, so that proxies keep the stream and the browser notices its end. */
export const HEARTBEAT_MS = 10_000;
