import type { Kernel } from "#dataplane/apply/host-kernel.ts";
import { stateAfter } from "#dataplane/plan/apply-step.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";

/** A kernel that is read once and then only told about: plans are printed as the commands they would run. */
export function dryKernel(kernel: Pick<Kernel, "read">, print: (text: string) => void): Kernel {
  let state: KernelState | undefined;
  const read = async () => {
    state ??= await kernel.read();
    return state;
  };
  return {
    read,
    readDrift: read,
    async run(plan) {
      print(formatPlan(plan));
      state = stateAfter(await read(), plan);
    },
  };
}
