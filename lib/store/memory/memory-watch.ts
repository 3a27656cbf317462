import type { MemoryKv } from "#store/memory/memory-kv.ts";
import { RevisionCompactedError, StoreUnavailableError, type WatchEvent } from "#store/policy-store.ts";

/** List, then watch, as the etcd store does: nothing is queued, each reader walks the log at its own pace. */
export async function* watchMemory(
  kv: MemoryKv,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void> {
  let position: { revision: number; readonly epoch: number } | undefined;
  let isConnected = true;
  while (!signal.aborted) {
    try {
      if (position === undefined || position.epoch !== kv.epoch()) {
        const { revision, entries } = kv.readPrefix(prefix);
        position = { revision, epoch: kv.epoch() };
        if (!isConnected) yield { kind: "connected" };
        isConnected = true;
        yield { kind: "snapshot", snapshot: { storeRevision: revision, entries } };
        continue;
      }
      const next = kv.after(position.revision);
      if (!isConnected) yield { kind: "connected" };
      isConnected = true;
      if (next === undefined) {
        await kv.changed(signal);
        continue;
      }
      position.revision = next.revision;
      const changes = next.changes.filter(({ key }) => key.startsWith(prefix));
      if (changes.length > 0) yield { kind: "changes", storeRevision: next.revision, changes };
    } catch (error) {
      if (error instanceof RevisionCompactedError) {
        position = undefined;
        continue;
      }
      if (!(error instanceof StoreUnavailableError)) throw error;
      if (isConnected) yield { kind: "disconnected", detail: error.message };
      isConnected = false;
      if (!kv.isOnline()) await kv.changed(signal);
    }
  }
}
