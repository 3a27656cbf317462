import type { HostStatus, NodeStatusStore } from "#store/node-status-store.ts";

/** The agents' statuses as one watch of this process keeps them. */
export interface NodeFeed {
  /** Sorted by host; empty when no agent reports. */
  statuses(): readonly HostStatus[];
  subscribe(listener: () => void): () => void;
}

const RETRY_MS = 2_000;

/** Starts following the agents; a broken watch starts again until the signal aborts. */
export function followNodes(store: NodeStatusStore, signal: AbortSignal): NodeFeed {
  const listeners = new Set<() => void>();
  let latest: readonly HostStatus[] = [];
  const follow = async () => {
    while (!signal.aborted) {
      try {
        for await (const statuses of store.watchStatuses(signal)) {
          latest = statuses;
          for (const listener of [...listeners]) listener();
        }
      } catch (cause) {
        if (!(cause instanceof Error) || cause.name !== "StoreUnavailableError") throw cause;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };
  void follow();
  return {
    statuses: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
