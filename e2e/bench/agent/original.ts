/*
 * T11: against the original, whose figures were taken on this kind of machine in another run (its own code and runtime,
 * legacy tables, every profile used by some endpoint of the node). A reference, not a floor: no busy moment weighs on both.
 */
import { compare, formatComparison } from "../compare.ts";
import { quantile } from "../statistics.ts";
import { profileChange } from "./changes.ts";
import { burstOf, clean } from "./cold-starts.ts";
import type { EstateSize } from "./estate.ts";
import { startWorld, usage } from "./world.ts";

const SIZE: EstateSize = { localEndpoints: 200, profiles: 1_000, remoteEndpoints: 10_000, profilesEach: 5 };
const ORIGINAL = { change50: 269, change95: 527, coldStart: 38_000, rss: 186, burst: 2_100 };
const BURST = 200;
const STARTS = 3;
// What a burst leaves behind is given back at rest.
const REST_MS = 15_000;

/** Prints what the original takes, what ours takes, and by how much ours is faster or smaller. */
export async function againstTheOriginal(changes: number, print: (text: string) => void): Promise<void> {
  const world = await startWorld(SIZE);
  try {
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const { agent, ms } = await world.startAgent(["--backend=nft"]);
      starts.push(ms);
      await agent.kill();
      await clean(world.namespace, "nft");
    }
    const { agent } = await world.startAgent(["--backend=nft"]);
    const outcome = await compare([profileChange("agent", world)], { rounds: changes });
    const samples = outcome[0]?.samples ?? [];
    const burst = await burstOf(BURST, { world, agent, profiles: SIZE.profiles, firstPort: 6_000 });
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const { rssMb } = usage(agent.pid);
    print(formatComparison("T11 put to packet at 1,000 profiles / 200 endpoints / 10k elsewhere", outcome));
    const times = (was: number, is: number) => `${(was / is).toFixed(1)}x`;
    const row = (what: string, was: number, is: number) =>
      `  ${what.padEnd(34)} ${was.toFixed(0).padStart(7)} ${is.toFixed(0).padStart(7)}  ${times(was, is)}\n`;
    print(
      `T11 the original, ours, by how much better; targets: rule change 20x, cold start 30x, memory 1x\n${[
        row("rule change p50, ms", ORIGINAL.change50, quantile(samples, 0.5)),
        row("rule change p95, ms", ORIGINAL.change95, quantile(samples, 0.95)),
        row("cold start, ms", ORIGINAL.coldStart, quantile(starts, 0.5)),
        row("memory, MB (helpers left out)", ORIGINAL.rss, rssMb),
        row(`burst of ${BURST} rewrites, ms`, ORIGINAL.burst, burst),
      ].join("")}`,
    );
  } finally {
    await world.close();
  }
}
