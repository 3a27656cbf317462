/* T2: the apply stage alone, held against spawning a legacy restore with the same edit. */

import { randomBytes } from "node:crypto";
import { hostKernel, residentKernel } from "#dataplane/apply/host-kernel.ts";
import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy, nodeRenderer } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { run } from "../../support/run.ts";
import { toolsInside } from "../../support/tools-inside.ts";
import { type Contestant, compare, formatComparison, timed } from "../compare.ts";
import { asEntries, type EstateSize, estateKeys, HOST, profileRules, rulesKey } from "./estate.ts";

const ROUNDS = 50;

/** Prints the stages of one rule change: parsing, rendering, planning, and applying on both backends. */
export async function applyStages(size: EstateSize, print: (text: string) => void): Promise<void> {
  const id = randomBytes(3).toString("hex");
  const namespaces = { nft: `tkt-${id}-nft`, legacy: `tkt-${id}-legacy` };
  for (const name of Object.values(namespaces)) await run(["ip", "netns", "add", name]);
  const nft = residentKernel(runCommand, toolsInside(namespaces.nft, kernelTools("nft")), { families: [4, 6] });
  const legacyTools = toolsInside(namespaces.legacy, kernelTools("legacy"));
  const legacy = hostKernel(runCommand, legacyTools, [4, 6]);
  try {
    let snapshot = snapshotFromEntries(asEntries(estateKeys(size)));
    const optionsOf = () => nodeSettings(snapshot, { host: HOST, families: [4, 6] }).options;
    const first = nodePolicy(snapshot, optionsOf());
    const render = nodeRenderer();
    let state = planApply(await nft.read(), first).after;
    await nft.run(planApply(await nft.read(), first).plan);
    await legacy.run(planApply(await legacy.read(), first).plan);
    render(snapshot, optionsOf());
    let plan = planApply(state, first).plan;
    const stages: Contestant[] = [
      { name: "legacy restore, spawned", round: () => timed(() => legacy.run(plan)) },
      { name: "apply, nft resident", round: () => timed(() => nft.run(plan)) },
    ];
    const parse: number[] = [];
    const renderMs: number[] = [];
    const planMs: number[] = [];
    const next = (index: number) => {
      const startedAt = performance.now();
      snapshot = applyChanges(snapshot, [
        { key: rulesKey(0), value: profileRules(0, 5_000 + index), modRevision: index + 2 },
      ]);
      parse.push(performance.now() - startedAt);
      const policy = render(snapshot, optionsOf());
      renderMs.push(performance.now() - startedAt - (parse.at(-1) ?? 0));
      const planned = planApply(state, policy);
      planMs.push(performance.now() - startedAt - (parse.at(-1) ?? 0) - (renderMs.at(-1) ?? 0));
      plan = planned.plan;
      state = planned.after;
    };
    let made = -1;
    const turns = stages.map(
      ({ name, round }): Contestant => ({
        name,
        round(index) {
          // Both carry out the same plan; whoever comes first in a round has it made.
          if (made !== index) next(index);
          made = index;
          return round(index);
        },
      }),
    );
    print(
      formatComparison(
        "T2 apply of one changed rule, both families; target 0.15x",
        await compare(turns, { rounds: ROUNDS }),
      ),
    );
    const median = (values: readonly number[]) =>
      [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(2);
    print(`  before it: parse ${median(parse)} ms, render ${median(renderMs)} ms, plan ${median(planMs)} ms\n`);
  } finally {
    await nft.stop();
    for (const name of Object.values(namespaces)) await run(["ip", "netns", "del", name]);
  }
}
