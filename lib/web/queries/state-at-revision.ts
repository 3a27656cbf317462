import type { StoredEntry } from "#policy/snapshot.ts";
import { BoardReadError, readJson } from "./read-json.ts";

/** The policy's stored entries as they were at a revision. */
export type StateAtRevision = { readonly entries: readonly StoredEntry[] };

/** Why a revision cannot be read. */
export type RevisionRefusal = {
  readonly kind: "compacted" | "unknown-revision" | "invalid-request";
  readonly detail: string;
};

/** How reading a revision ended; the old states of etcd do not last for ever. */
export type ReadRevision =
  | { readonly kind: "read"; readonly entries: readonly StoredEntry[] }
  | { readonly kind: "compacted" | "unknown-revision" }
  | { readonly kind: "unreadable"; readonly detail: string };

/** Asks the board for the state at a revision; works in a worker, too. */
export async function readStateAt(revision: number): Promise<ReadRevision> {
  try {
    const { entries } = await readJson<StateAtRevision>(`/api/state/${revision}`, AbortSignal.timeout(20_000));
    return { kind: "read", entries };
  } catch (error) {
    if (error instanceof BoardReadError && error.status === 410) return { kind: "compacted" };
    if (error instanceof BoardReadError && error.status === 404) return { kind: "unknown-revision" };
    return { kind: "unreadable", detail: error instanceof Error ? error.message : "no answer" };
  }
}
