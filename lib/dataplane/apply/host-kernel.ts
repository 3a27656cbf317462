import { driftReader } from "#dataplane/actual/drift-reader.ts";
import { readKernel } from "#dataplane/actual/read-kernel.ts";
import { readAlways, tableWatch } from "#dataplane/actual/table-watch.ts";
import { spawningRunner } from "#dataplane/apply/apply-plan.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import { residentRunner } from "#dataplane/apply/resident-runner.ts";
import { type ReadCommand, type RunCommand, readCommand } from "#dataplane/apply/run-command.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import type { Family } from "#policy/rule.ts";

/** The kernel as the agent sees it: what is there, and a way to change it. Tests stand a fake in its place. */
export interface Kernel {
  /** Reads everything of ours; throws CommandFailedError. */
  read(): Promise<KernelState>;
  /**
   * Reads no more than it takes to find what another program changed, given what is believed; `run` may be called
   * meanwhile. What nobody changed is the same value. Throws CommandFailedError.
   */
  readDrift(believed: KernelState): Promise<KernelState>;
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

// With an audit in ten seconds: five minutes.
const AUDITS_TO_READ_ALL = 30;
// They cost a tenth of a percent of a core then.
const MEMBERS_AN_AUDIT = 5_000;

export type ResidentOptions = {
  readonly families: readonly Family[];
  /** Within so many audits everything is read, also what seems to be as it was. */
  readonly auditsToReadAll?: number;
  /** Set members an audit reads at least, where there are so many. */
  readonly membersAnAudit?: number;
  /** As `run`, for an audit's reading. */
  readonly read?: ReadCommand;
};

/** The kernel of the network namespace this process runs in, for who writes to it again and again. */
export function residentKernel(run: RunCommand, tools: KernelTools, options: ResidentOptions): ResidentKernel {
  const runner = residentRunner(run, tools);
  const watch = tools.watchTables ? tableWatch(tools.watchTables, (pid) => runner.isOurs(pid)) : readAlways;
  const { families, auditsToReadAll = AUDITS_TO_READ_ALL, membersAnAudit = MEMBERS_AN_AUDIT } = options;
  const { read = readCommand } = options;
  const drift = driftReader({ read, tools, watch, rounds: auditsToReadAll, membersAnAudit });
  return {
    // What was known of texts belongs to the belief before.
    read: () => drift.writingTables(() => readKernel(run, tools, families)),
    readDrift: (believed) => drift.read(believed),
    run: (plan) => (writesTables(plan) ? drift.writingTables(() => runner.run(plan)) : runner.run(plan)),
    async stop() {
      await Promise.all([watch.stop(), runner.stop()]);
    },
    get restarts() {
      return runner.restarts;
    },
  };
}

function writesTables(plan: Plan): boolean {
  return plan.some(({ kind }) => kind === "restore-table");
}

/** The same with one process a batch, for who writes once. */
export function hostKernel(run: RunCommand, tools: KernelTools, families: readonly Family[]): Kernel {
  const runner = spawningRunner(run, tools);
  const read = () => readKernel(run, tools, families);
  return { read, readDrift: read, run: (plan) => runner.run(plan) };
}
