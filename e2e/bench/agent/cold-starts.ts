/* T3: from the agent's start to in sync; T7: a burst of edits until all is enforced. Both held against bare restores. */
import { randomBytes } from "node:crypto";
import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { formatNodePolicy } from "#dataplane/desired/format-node-policy.ts";
import type { NodePolicy } from "#dataplane/desired/node-policy.ts";
import type { AgentProcess } from "../../support/agent-process.ts";
import { etcdKeys } from "../../support/etcd-keys.ts";
import { run } from "../../support/run.ts";
import { toolsInside } from "../../support/tools-inside.ts";
import { compare, formatComparison, timed } from "../compare.ts";
import { type EstateSize, profileRules, rulesKey } from "./estate.ts";
import { oneChainPerEndpoint } from "./layouts.ts";
import { logged, startWorld, type World } from "./world.ts";

const ROUNDS = 3;
const BURST = 1_000;
const WRITERS = 32;

/** Prints T3. */
export async function coldStarts(size: EstateSize, print: (text: string) => void): Promise<void> {
  const world = await startWorld(size);
  try {
    const backend = "nft" as const;
    const perEndpoint = oneChainPerEndpoint(world.policy);
    const outcome = await compare(
      [
        { name: "bare restore, same rules", round: () => restore(world.policy, backend) },
        { name: "bare restore, one chain per endpoint", round: () => restore(perEndpoint, backend) },
        {
          name: "agent",
          async round() {
            await clean(world.namespace, backend);
            const { agent, ms } = await world.startAgent([`--backend=${backend}`]);
            await agent.kill();
            return ms;
          },
        },
      ],
      { rounds: ROUNDS, warmUps: 0 },
    );
    print(
      formatComparison(
        `T3 cold start on ${backend}, ${size.localEndpoints} endpoints / ${size.profiles} profiles; targets 1.5x of the first, 0.5x of the second`,
        outcome,
      ),
    );
  } finally {
    await world.close();
  }
}

/** Prints T7. */
export async function bursts(size: EstateSize, print: (text: string) => void): Promise<void> {
  const world = await startWorld(size);
  try {
    const backend = "nft" as const;
    const { agent } = await world.startAgent([`--backend=${backend}`]);
    let round = 0;
    const outcome = await compare(
      [
        { name: "bare restore of the end", round: () => restore(world.policy, backend) },
        {
          name: "agent",
          round: () => burstOf(BURST, { world, agent, profiles: size.profiles, firstPort: 6_000 + BURST * round++ }),
        },
      ],
      { rounds: ROUNDS, warmUps: 0 },
    );
    print(
      formatComparison(
        `T7 a burst of ${BURST} edits until enforced, ${size.localEndpoints} endpoints / ${size.profiles} profiles; target 2x`,
        outcome,
      ),
    );
  } finally {
    await world.close();
  }
}

type Writing = {
  readonly world: World;
  readonly agent: AgentProcess;
  readonly profiles: number;
  readonly firstPort: number;
};

/** Milliseconds from the first of so many rule changes until the last one is enforced. */
export async function burstOf(count: number, { world, agent, profiles, firstPort }: Writing): Promise<number> {
  const keys = etcdKeys(world.etcd.endpoint);
  return await timed(async () => {
    let next = 0;
    let last = 0;
    const write = async () => {
      for (let index = next++; index < count; index = next++) {
        const profile = index % profiles;
        const revision = await keys.put(rulesKey(profile), profileRules(profile, firstPort + index));
        last = Math.max(last, revision);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
    await logged(agent, `"revision":${last},"inSync":true`);
  });
}

async function restore(policy: NodePolicy, backend: "nft" | "legacy"): Promise<number> {
  const namespace = `tkt-${randomBytes(3).toString("hex")}-bare`;
  await run(["ip", "netns", "add", namespace]);
  try {
    const tools = toolsInside(namespace, kernelTools(backend));
    const [sets = "", ...tables] = formatNodePolicy(policy).split(/^# ip6?tables-restore --noflush\n/m);
    return await timed(async () => {
      await runCommand(tools.restoreSets, { input: sets.replace(/^# ipset restore\n/, "") });
      for (const [index, { family }] of policy.families.entries()) {
        await runCommand(tools.restoreTables(family), { input: tables[index] ?? "", timeoutMs: 600_000 });
      }
    });
  } finally {
    await run(["ip", "netns", "del", namespace]);
  }
}

/** Leaves nothing of ours in a namespace. */
export async function clean(namespace: string, backend: "nft" | "legacy"): Promise<void> {
  const tools = toolsInside(namespace, kernelTools(backend));
  for (const family of [4, 6] as const) {
    const argv = tools.restoreTables(family).filter((word) => word !== "--noflush");
    await runCommand(argv, {
      input: "*raw\n:PREROUTING ACCEPT\nCOMMIT\n*filter\n:INPUT ACCEPT\n:FORWARD ACCEPT\nCOMMIT\n",
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  await run(["ip", "netns", "exec", namespace, "ipset", "destroy"]);
}
