import type { Log } from "#agent/log.ts";
import { classicStatus, type NodeFacts, nodeStatus } from "#agent/node-status.ts";
import type { ClassicStatus, ClassicStatusStore } from "#store/classic-status.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import { StorePermissionError } from "#store/policy-store.ts";

export type StatusWriterDeps = {
  readonly statuses: Pick<NodeStatusStore, "writeStatus">;
  readonly classicStatuses: Pick<ClassicStatusStore, "writeClassicStatus">;
  readonly log: Log;
};

// The classic agent's figures (policy-model 1.7): a heartbeat that is lost once or twice is not yet the end.
export const HEARTBEAT_MS = 30_000;
const STATUS_TTL_SECONDS = 90;

/**
 * Writes our status, and beside it the classic one, which says less and so changes less often. Who may not write the
 * classic keys is told so once and goes without them. Throws StoreUnavailableError.
 */
export function statusWriter(deps: StatusWriterDeps): (facts: NodeFacts, now: Date) => Promise<void> {
  let said: { readonly text: string; readonly atMs: number } | undefined;
  let isRefused = false;
  return async (facts, now) => {
    await deps.statuses.writeStatus(nodeStatus(facts), STATUS_TTL_SECONDS);
    const classic = classicStatus(facts, now);
    const text = timeless(classic);
    if (said?.text === text && now.getTime() - said.atMs < HEARTBEAT_MS) return;
    try {
      await deps.classicStatuses.writeClassicStatus(classic, STATUS_TTL_SECONDS);
      said = { text, atMs: now.getTime() };
      isRefused = false;
    } catch (error) {
      if (!(error instanceof StorePermissionError)) throw error;
      if (!isRefused) deps.log.warn({ err: error }, "the classic status keys may not be written");
      isRefused = true;
    }
  };
}

function timeless({ isFirstUpdateDone, endpoints }: ClassicStatus): string {
  return JSON.stringify([isFirstUpdateDone, endpoints]);
}
