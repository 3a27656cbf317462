/* T6: what the agent takes when nothing happens. */
import type { EstateSize } from "./estate.ts";
import { startWorld, usage } from "./world.ts";

const IDLE_MS = 30_000;

/** Prints memory after the start and the share of a core over some audits. */
export async function steadyState(size: EstateSize, print: (text: string) => void): Promise<void> {
  const world = await startWorld(size);
  try {
    const { agent, ms } = await world.startAgent([]);
    const start = usage(agent.pid);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const end = usage(agent.pid);
    const share = ((end.cpuSeconds - start.cpuSeconds) * 1_000) / IDLE_MS;
    print(
      `T6 ${size.localEndpoints} endpoints, ${size.profiles} profiles, ${size.remoteEndpoints} elsewhere: in sync after ` +
        `${ms.toFixed(0)} ms with ${start.cpuSeconds.toFixed(1)} s of processor, ${end.rssMb.toFixed(0)} MB, ` +
        `idle ${(share * 100).toFixed(1)}% of a core, programs and audits included; targets 300 MB, 1%\n`,
    );
  } finally {
    await world.close();
  }
}
