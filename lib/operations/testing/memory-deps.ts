import type { Deps } from "#operations/deps.ts";
import { createMemoryStore, type MemoryStore } from "#store/memory/memory-policy-store.ts";

export type MemoryDeps = Deps & {
  readonly memory: MemoryStore;
  /** The store's newest revision: unchanged means that nothing was written. */
  readonly revision: () => Promise<number>;
};

/** Ports on an empty memory store, with a clock that stands still and request ids that count. */
export function memoryDeps(): MemoryDeps {
  const memory = createMemoryStore();
  let requestCount = 0;
  return {
    store: memory.store,
    statuses: memory.statuses,
    now: () => Date.UTC(2026, 10, 23),
    newRequestId: () => `request-${++requestCount}`,
    memory,
    revision: async () => (await memory.store.readSnapshot()).storeRevision,
  };
}
