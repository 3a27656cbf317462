import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import type { RunCommand } from "#dataplane/apply/run-command.ts";
import { formatStep } from "#dataplane/plan/format-plan.ts";
import type { Plan, PlanStep } from "#dataplane/plan/plan-step.ts";

/** Where plans are carried out; long-lived restore processes take this place without the plan noticing. */
export interface PlanRunner {
  /** Carries out steps in order; throws CommandFailedError at the first that fails, with the rest not done. */
  run(plan: Plan): Promise<void>;
}

/** Runs each step as one process; neighbouring set steps share one. */
export function spawningRunner(run: RunCommand, tools: KernelTools): PlanRunner {
  return {
    async run(plan) {
      for (const batch of batches(plan)) {
        await run(programOf(batch, tools), { input: batch.steps.map(formatStep).join("") });
      }
    },
  };
}

type Batch = { readonly first: PlanStep; readonly steps: PlanStep[] };

function batches(plan: Plan): readonly Batch[] {
  const found: Batch[] = [];
  for (const step of plan) {
    const last = found.at(-1);
    if (last && last.first.kind !== "restore-table" && step.kind !== "restore-table") last.steps.push(step);
    else found.push({ first: step, steps: [step] });
  }
  return found;
}

function programOf({ first }: Batch, tools: KernelTools): readonly string[] {
  return first.kind === "restore-table" ? tools.restoreTables(first.family) : tools.restoreSets;
}
