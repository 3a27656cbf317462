import type { Log } from "#agent/log.ts";
import { detectFamilies } from "#dataplane/actual/detect-backend.ts";
import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import type { RunCommand } from "#dataplane/apply/run-command.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";

export type UninstallOptions = { readonly dryRun: boolean; readonly print: (text: string) => void };

const BACKENDS: readonly Backend[] = ["nft", "legacy"];

/**
 * Removes everything an agent of ours ever made, from both backends, and nothing else. Sets go last: rules of the other
 * backend may name them. Throws CommandFailedError where the kernel refuses.
 */
export async function uninstall(run: RunCommand, options: UninstallOptions, log: Log): Promise<void> {
  let sets: Awaited<ReturnType<ReturnType<typeof hostKernel>["read"]>>["sets"] = new Map();
  for (const backend of BACKENDS) {
    const { families } = await detectFamilies(run, backend);
    if (families.length === 0) continue;
    const kernel = hostKernel(run, kernelTools(backend), families);
    const state = await kernel.read();
    sets = state.sets;
    const plan = planRemoval({ ...state, sets: new Map() });
    if (options.dryRun) options.print(formatPlan(plan));
    else if (plan.length > 0) await kernel.run(plan);
    log.info({ backend, tables: plan.length }, options.dryRun ? "would remove" : "removed");
  }
  const plan = planRemoval({ sets, families: new Map() });
  if (options.dryRun) options.print(formatPlan(plan));
  else if (plan.length > 0) await hostKernel(run, kernelTools("nft"), []).run(plan);
  log.info({ sets: plan.length }, options.dryRun ? "would remove" : "removed");
}
