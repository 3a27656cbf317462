import { newestOf } from "#agent/newest.ts";
import { type NodeDeps, reconciledNode } from "#agent/reconciled-node.ts";
import type { LiveSnapshot } from "#store/live-snapshot.ts";

export type ReconcileDeps = NodeDeps & {
  /** Ends when the agent shall stop. */
  readonly snapshots: AsyncIterable<LiveSnapshot>;
};

/**
 * The agent's loop: take the newest snapshot, bring the kernel to it, wait for a newer one, a retry or the audit.
 * Snapshots that arrive meanwhile are not queued. Returns when the snapshots end, with the kernel left enforcing.
 */
export async function reconcile(deps: ReconcileDeps): Promise<void> {
  const news = newestOf(deps.snapshots);
  const node = reconciledNode(deps);
  while (!news.isOver) {
    const pauseMs = await node.turn(news.latest());
    await news.wait(pauseMs);
  }
}
