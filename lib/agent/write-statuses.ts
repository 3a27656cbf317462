import type { Log } from "#agent/log.ts";
import { classicStatus, classicTime, type NodeFacts, nodeStatus } from "#agent/node-status.ts";
import type { ClassicStatus, ClassicStatusStore } from "#store/classic-status.ts";
import type { HostStatus, NodeStatusStore } from "#store/node-status-store.ts";
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
  let made: { readonly facts: NodeFacts; readonly status: HostStatus; readonly classic: ClassicStatus } | undefined;
  return async (facts, now) => {
    // A heartbeat says what was said before: of ten thousand endpoints nothing is put together again.
    if (made === undefined || !areSame(made.facts, facts)) {
      made = { facts, status: nodeStatus(facts), classic: classicStatus(facts, now) };
    }
    await deps.statuses.writeStatus(made.status, STATUS_TTL_SECONDS);
    const classic = { ...made.classic, ...classicTime(facts, now) };
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

function areSame(a: NodeFacts, b: NodeFacts): boolean {
  return a.identity === b.identity && a.progress === b.progress && a.interfaceStates === b.interfaceStates;
}

const texts = new WeakMap<ClassicStatus["endpoints"], string>();

function timeless({ isFirstUpdateDone, endpoints }: ClassicStatus): string {
  const text = texts.get(endpoints) ?? JSON.stringify(endpoints);
  texts.set(endpoints, text);
  return `${isFirstUpdateDone} ${text}`;
}
