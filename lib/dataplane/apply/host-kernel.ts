import { readKernel } from "#dataplane/actual/read-kernel.ts";
import { spawningRunner } from "#dataplane/apply/apply-plan.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { residentRunner } from "#dataplane/apply/resident-runner.ts";
import type { RunCommand } from "#dataplane/apply/run-command.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

/** The kernel as the agent sees it: what is there, and a way to change it. Tests stand a fake in its place. */
export interface Kernel {
  /** Reads everything of ours; throws CommandFailedError. */
  read(): Promise<KernelState>;
  /** Carries out a plan's steps in order; throws CommandFailedError at the first that fails, with the rest not done. */
  run(plan: Plan): Promise<void>;
}

/** A kernel whose programs stay between plans. */
export interface ResidentKernel extends Kernel {
  /** Ends the programs; the kernel goes on enforcing. */
  stop(): Promise<void>;
  /** How often a program that ended unasked was started again. */
  readonly restarts: number;
}

/** The kernel of the network namespace this process runs in, for who writes to it again and again. */
export function residentKernel(run: RunCommand, tools: KernelTools, families: readonly Family[]): ResidentKernel {
  const runner = residentRunner(run, tools);
  return {
    read: () => readKernel(run, tools, families),
    run: (plan) => runner.run(plan),
    stop: () => runner.stop(),
    get restarts() {
      return runner.restarts;
    },
  };
}

/** The same with one process a batch, for who writes once. */
export function hostKernel(run: RunCommand, tools: KernelTools, families: readonly Family[]): Kernel {
  const runner = spawningRunner(run, tools);
  return { read: () => readKernel(run, tools, families), run: (plan) => runner.run(plan) };
}
