import type { Log } from "#agent/log.ts";
import { detectFamilies } from "#dataplane/actual/detect-backend.ts";
import { hostKernel, type Kernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import type { Plan, PlanStep } from "#dataplane/plan/plan-step.ts";

export type UninstallOptions = { readonly dryRun: boolean; readonly print: (text: string) => void };

const BACKENDS: readonly Backend[] = ["nft", "legacy"];

/** Something of ours is still named by another program's line, so the kernel keeps it. It enforces nothing any more. */
export class LeftoversError extends Error {
  override readonly name = "LeftoversError";

  constructor(kept: readonly CommandFailedError[]) {
    const words = kept.map(({ stderr }) => `  ${stderr.trim()}`).join("\n");
    super(
      `the kernel keeps ${kept.length} of our objects, emptied, because lines of another program name them:\n${words}\n` +
        "Remove those lines, then run uninstall again.",
    );
  }
}

/**
 * Removes everything an agent of ours ever made, from both backends, and nothing else. Sets go last: rules of the other
 * backend may name them. What another program's lines hold on to stays, emptied, and the rest still goes: LeftoversError.
 * Throws CommandFailedError where the kernel refuses to be read or emptied.
 */
export async function uninstall(run: RunCommand, options: UninstallOptions, log: Log): Promise<void> {
  const kept: CommandFailedError[] = [];
  const carryOut = async (kernel: Kernel, plan: Plan) => {
    if (options.dryRun) return options.print(formatPlan(plan));
    for (const step of plan) kept.push(...(await removeWhatGoes(kernel, step)));
  };
  let sets: Awaited<ReturnType<Kernel["read"]>>["sets"] = new Map();
  for (const backend of BACKENDS) {
    const { families } = await detectFamilies(run, backend);
    if (families.length === 0) continue;
    const kernel = hostKernel(run, kernelTools(backend), families);
    const state = await kernel.read();
    sets = state.sets;
    const plan = planRemoval({ ...state, sets: new Map() });
    await carryOut(kernel, plan);
    log.info({ backend, steps: plan.length }, options.dryRun ? "would remove" : "removed");
  }
  const plan = planRemoval({ sets, families: new Map() });
  await carryOut(hostKernel(run, kernelTools("nft"), []), plan);
  log.info({ sets: plan.length }, options.dryRun ? "would remove" : "removed");
  if (kept.length > 0) throw new LeftoversError(kept);
}

/** One refused removal of many is found by removing one by one. */
async function removeWhatGoes(kernel: Kernel, step: PlanStep): Promise<readonly CommandFailedError[]> {
  try {
    await kernel.run([step]);
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    if (step.kind === "destroy-set") return [error];
    if (step.kind !== "restore-table" || !step.commands.every(({ kind }) => kind === "remove-chain")) throw error;
    if (step.commands.length === 1) return [error];
    const kept: CommandFailedError[] = [];
    for (const command of step.commands) kept.push(...(await removeWhatGoes(kernel, { ...step, commands: [command] })));
    return kept;
  }
}
