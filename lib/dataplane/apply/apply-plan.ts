import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { refusedLine } from "#dataplane/apply/refused-line.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
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
      for (const batch of planBatches(plan)) {
        const input = batch.steps.map(formatStep).join("");
        const carryOut = () =>
          run(programOf(batch, tools), { input }).catch((error: unknown) => {
            if (error instanceof CommandFailedError) {
              const line = refusedLine(error.stderr, input);
              error.refused = { steps: batch.steps, ...(line !== undefined && { line }) };
            }
            throw error;
          });
        await (batch.steps.every(({ kind }) => kind === "destroy-set") ? onceUnused(carryOut) : carryOut());
      }
    },
  };
}

// Together a little more than a second.
const UNUSED_AFTER_MS = [5, 10, 20, 40, 80, 160, 320, 640];

/** nf_tables lets go of a removed rule's sets a moment after the COMMIT is done; until then a set cannot be destroyed. */
async function onceUnused(destroy: () => Promise<unknown>): Promise<void> {
  for (const pauseMs of UNUSED_AFTER_MS) {
    try {
      await destroy();
      return;
    } catch (error) {
      if (!(error instanceof CommandFailedError && error.stderr.includes("in use by a kernel component"))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  await destroy();
}

/** Steps one program reads in one go. */
export type StepBatch = { readonly first: PlanStep; readonly steps: readonly PlanStep[] };

/** A plan's steps in order: one COMMIT each, neighbouring set steps together. */
export function planBatches(plan: Plan): readonly StepBatch[] {
  const found: { readonly first: PlanStep; readonly steps: PlanStep[] }[] = [];
  for (const step of plan) {
    const last = found.at(-1);
    if (last && last.first.kind !== "restore-table" && step.kind !== "restore-table") last.steps.push(step);
    else found.push({ first: step, steps: [step] });
  }
  return found;
}

function programOf({ first }: StepBatch, tools: KernelTools): readonly string[] {
  return first.kind === "restore-table" ? tools.restoreTables(first.family) : tools.restoreSets;
}
