import type { Clock } from "#agent/clock.ts";

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves on; whoever waited is called in order, and has time to react before the next. */
  advance(ms: number): Promise<void>;
}

/** A clock at some time. */
export function fakeClock(startMs = 1_800_000_000_000): FakeClock {
  let nowMs = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly call: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => nowMs,
    after(ms, call) {
      const one = { atMs: nowMs + ms, call };
      waiting.add(one);
      return () => waiting.delete(one);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}
