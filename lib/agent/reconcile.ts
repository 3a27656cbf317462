import type { Clock } from "#agent/clock.ts";
import type { Pause } from "#agent/kernel-mirror.ts";
import { type NodeDeps, reconciledNode } from "#agent/reconciled-node.ts";
import type { LiveSnapshot } from "#store/live-snapshot.ts";

export type ReconcileDeps = NodeDeps &
  Pick<Clock, "after"> & {
    /** Gives a slow reader the newest state, never a queue; ends when the agent shall stop. */
    readonly snapshots: AsyncIterable<LiveSnapshot>;
  };

/**
 * The agent's loop: take the newest snapshot, bring the kernel to it, wait for a newer one, a retry or the audit.
 * Returns when the snapshots end, with the kernel left enforcing.
 */
export async function reconcile(deps: ReconcileDeps): Promise<void> {
  const node = reconciledNode(deps);
  const lives = deps.snapshots[Symbol.asyncIterator]();
  let live: LiveSnapshot | undefined;
  let coming: Promise<IteratorResult<LiveSnapshot>> | undefined;
  for (;;) {
    const pause = await node.turn(live);
    // Asked for only now: what came during the turn comes as one.
    coming ??= lives.next();
    const news = await within(pause, coming, deps.after);
    if (news === undefined) continue;
    if (news.done) return;
    live = news.value;
    coming = undefined;
  }
}

/** What was promised, or `undefined` when the pause is over before. */
async function within<T>({ ms, until }: Pause, coming: Promise<T>, after: Clock["after"]): Promise<T | undefined> {
  let callOff = () => {};
  const timeout = new Promise<undefined>((resolve) => {
    callOff = after(ms, () => resolve(undefined));
  });
  const over = until === undefined ? timeout : Promise.race([timeout, until.then(() => undefined)]);
  try {
    return await Promise.race([coming, over]);
  } finally {
    callOff();
  }
}
