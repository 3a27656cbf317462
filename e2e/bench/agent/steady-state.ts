/* T6: what the agent takes when nothing happens, itself and the programs it runs apart. */
import type { EstateSize } from "./estate.ts";
import { helpersUsage, startWorld, usage } from "./world.ts";

// The first audit reads everything, and what the start left behind is given back: neither is rest.
const SETTLE_MS = 30_000;
// Two heartbeats and six audits.
const IDLE_MS = 60_000;

/** Prints memory at rest and the share of a core over some audits. */
export async function steadyState(size: EstateSize, print: (text: string) => void): Promise<void> {
  const world = await startWorld(size);
  try {
    const { agent, ms } = await world.startAgent([]);
    const started = usage(agent.pid);
    await pass(SETTLE_MS);
    const before = { own: usage(agent.pid), helpers: helpersUsage(agent.pid) };
    await pass(IDLE_MS);
    const after = { own: usage(agent.pid), helpers: helpersUsage(agent.pid) };
    const share = (from: number, to: number) => `${(((to - from) * 100_000) / IDLE_MS).toFixed(2)}%`;
    const programs = (one: typeof after) => one.own.endedSeconds + one.helpers.cpuSeconds;
    print(
      `T6 ${size.localEndpoints} endpoints, ${size.profiles} profiles, ${size.remoteEndpoints} elsewhere: in sync after ` +
        `${ms.toFixed(0)} ms with ${started.cpuSeconds.toFixed(1)} s of processor; targets 300 MB, 1% of a core\n` +
        `  at the start ${started.rssMb.toFixed(0)} MB, at rest ${after.own.rssMb.toFixed(0)} MB, helpers ` +
        `${after.helpers.rssMb.toFixed(0)} MB\n` +
        `  idle: the agent ${share(before.own.cpuSeconds, after.own.cpuSeconds)}, its programs ` +
        `${share(programs(before), programs(after))}\n`,
    );
  } finally {
    await world.close();
  }
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
