/*
 * `npm run bench -- agent [--quick] [--only=T1,T3]`: the agent's figures, each held against a floor of the same run
 * (a bare script, a bare restore, a spawned program). Takes root; makes namespaces of its own and removes them by id.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { residentKernel } from "#dataplane/apply/host-kernel.ts";
import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { toolsInside } from "../../support/tools-inside.ts";
import { compare, formatComparison } from "../compare.ts";
import { memberChange, profileChange } from "./changes.ts";
import { bursts, coldStarts } from "./cold-starts.ts";
import { connectionRates } from "./connections.ts";
import type { EstateSize } from "./estate.ts";
import type { FloorScript } from "./floor-script.ts";
import { countObjects, oneChainPerEndpoint } from "./layouts.ts";
import { againstTheOriginal } from "./original.ts";
import { applyStages } from "./stages.ts";
import { steadyState } from "./steady-state.ts";
import { startWorld, type World } from "./world.ts";

type Scale = {
  readonly sizes: readonly EstateSize[];
  readonly changes: number;
  readonly members: EstateSize;
  readonly memberChanges: number;
};

const size = (localEndpoints: number, profiles: number, remoteEndpoints: number): EstateSize => ({
  localEndpoints,
  profiles,
  remoteEndpoints,
});

const FULL: Scale = {
  sizes: [size(10, 5, 0), size(1_000, 100, 0), size(10_000, 1_000, 0)],
  changes: 200,
  members: size(200, 20, 100_000),
  memberChanges: 200,
};
const QUICK: Scale = {
  sizes: [size(10, 5, 0), size(1_000, 100, 0)],
  changes: 40,
  members: size(50, 5, 10_000),
  memberChanges: 40,
};

const print = (text: string) => process.stdout.write(text);

/** Measures and prints. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean" }, only: { type: "string" }, endpoints: { type: "string" } },
  });
  const scale = values.quick ? QUICK : FULL;
  const wants = (target: string) => values.only?.split(",").includes(target) ?? true;
  const sizes = scale.sizes.filter(
    ({ localEndpoints }) =>
      values.endpoints === undefined || values.endpoints.split(",").includes(String(localEndpoints)),
  );
  const largest = sizes.at(-1) ?? size(10, 5, 0);
  if (wants("T1")) for (const one of sizes) await profileChanges(one, scale.changes);
  if (wants("T2")) await applyStages(largest, print);
  if (wants("T3")) await coldStarts(largest, print);
  if (wants("T7")) await bursts(largest, print);
  if (wants("T4")) await memberChanges(scale.members, scale.memberChanges);
  if (wants("T5")) await connectionRates(largest, print);
  if (wants("T6")) await steadyState({ ...largest, remoteEndpoints: values.quick ? 10_000 : 100_000 }, print);
  if (wants("T11")) await againstTheOriginal(scale.changes, print);
}

async function profileChanges(one: EstateSize, rounds: number): Promise<void> {
  await withBoth(one, async (floor, agent) => {
    print(`${describe(one)}: ${countObjects(floor.policy)}\n`);
    print(`  one chain per endpoint: ${countObjects(oneChainPerEndpoint(floor.policy))}\n`);
    const script = await startFloorProcess(floor, "profiles");
    const { ms } = await agent.startAgent([]);
    print(`  agent in sync after ${ms.toFixed(0)} ms\n`);
    const contestants = [profileChange("bare script", floor), profileChange("agent", agent)];
    const outcome = await compare(contestants, { rounds });
    print(formatComparison(`T1 put to packet, ${describe(one)}; target 1.3x at p50, 2x at p99`, outcome));
    await script.stop();
  });
}

async function memberChanges(one: EstateSize, rounds: number): Promise<void> {
  await withBoth(one, async (floor, agent) => {
    const script = await startFloorProcess(floor, "members");
    await agent.startAgent([]);
    const first = one.remoteEndpoints;
    const contestants = [memberChange("bare script", floor, first), memberChange("agent", agent, first)];
    print(
      formatComparison(`T4 one member of ${first}, put to packet; target 2x`, await compare(contestants, { rounds })),
    );
    await script.stop();
  });
}

const FLOOR = fileURLToPath(new URL("floor-process.ts", import.meta.url));

async function startFloorProcess(floor: World, answers: "profiles" | "members"): Promise<FloorScript> {
  const argv = [...process.execArgv, FLOOR, floor.namespace, floor.etcd.socketEndpoint, answers];
  const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    async stop() {
      const ended = once(child, "close");
      child.stdin.end();
      await ended;
    },
  };
}

/** A place for the floor, its kernel filled as the agent would fill it, and one for the agent. */
async function withBoth(one: EstateSize, use: (floor: World, agent: World) => Promise<void>): Promise<void> {
  const floor = await startWorld(one);
  try {
    const kernel = residentKernel(runCommand, toolsInside(floor.namespace, kernelTools("nft")), { families: [4, 6] });
    await kernel.run(planApply(await kernel.read(), floor.policy).plan);
    await kernel.stop();
    const agent = await startWorld(one);
    try {
      await use(floor, agent);
    } finally {
      await agent.close();
    }
  } finally {
    await floor.close();
  }
}

function describe({ localEndpoints, profiles, remoteEndpoints }: EstateSize): string {
  return `${localEndpoints} endpoints, ${profiles} profiles, ${remoteEndpoints} elsewhere`;
}
