/*
 * An agent's apply, in a process of its own that is killed by itself: carries out a plan step by step and ends by SIGKILL
 * after the wished step, or in the middle of the next. Reads one JSON object from standard input.
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { residentKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

/** What the process is told; `intoNextMs` begins the step after the last one and dies so much later. */
export type Death = {
  readonly backend: Backend;
  readonly host: string;
  readonly state: unknown;
  readonly afterSteps: number;
  readonly intoNextMs?: number;
  /** Its programs do not get to run any more when it dies. */
  readonly freezesPrograms?: boolean;
};

const { backend, host, state, afterSteps, intoNextMs, freezesPrograms } = JSON.parse(
  await text(process.stdin),
) as Death;
const snapshot = snapshotFromEntries(parseStateValue(state).entries);
const kernel = residentKernel(runCommand, kernelTools(backend), { families: [4, 6] });
const { options } = nodeSettings(snapshot, { host, families: [4, 6] });
const { plan } = planApply(await kernel.read(), nodePolicy(snapshot, options));
for (const step of plan.slice(0, afterSteps)) await kernel.run([step]);
if (intoNextMs !== undefined) {
  void kernel.run(plan.slice(afterSteps, afterSteps + 1));
  await pause(intoNextMs);
}
if (freezesPrograms) {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, "utf8");
  for (const pid of children.trim().split(" ")) process.kill(Number(pid), "SIGSTOP");
}
process.kill(process.pid, "SIGKILL");
