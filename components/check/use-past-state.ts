import { useQuery } from "@tanstack/react-query";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { readStateAt } from "#web/queries/state-at-revision.ts";

/** The policy as it was at the revision an address names. */
export type PastState =
  | { readonly kind: "live" }
  | { readonly kind: "reading"; readonly revision: number }
  | { readonly kind: "read"; readonly revision: number; readonly snapshot: Snapshot }
  | { readonly kind: "not-there"; readonly revision: number; readonly why: string; readonly retry: () => void };

/** Reads the state at a revision; no revision, or the newest, is what is live. What was once does not change. */
export function usePastState(rev: number | undefined, { storeRevision }: PolicyState): PastState {
  const isPast = rev !== undefined && rev !== storeRevision;
  const { data, error, refetch } = useQuery({
    queryKey: ["state-at", rev],
    enabled: isPast,
    retry: false,
    queryFn: async () => {
      const read = await readStateAt(rev ?? 0);
      return read.kind === "read" ? { ...read, snapshot: snapshotFromEntries(read.entries) } : read;
    },
  });
  if (!isPast) return { kind: "live" };
  const retry = () => void refetch();
  if (error !== null) return { kind: "not-there", revision: rev, why: error.message, retry };
  if (data === undefined) return { kind: "reading", revision: rev };
  if (data.kind === "read") return { kind: "read", revision: rev, snapshot: data.snapshot };
  return { kind: "not-there", revision: rev, why: data.kind === "unreadable" ? data.detail : WHY[data.kind], retry };
}

const WHY = {
  compacted: "etcd has compacted it, so what was stored then cannot be read any more.",
  "unknown-revision": "The store has not come that far, or it is another one.",
} as const;
