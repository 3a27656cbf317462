import type { Log } from "#agent/log.ts";
import type { Kernel } from "#dataplane/apply/host-kernel.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { PlannedChange } from "#dataplane/plan/plan-apply.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";

/** A plan that went through. A repair undoes what another program did. */
export type AppliedPlan = {
  readonly plan: Plan;
  readonly durationMs: number;
  readonly isRepair: boolean;
  /** What the kernel now holds of ours. */
  readonly after: KernelState;
};

export type MirrorDeps = {
  readonly kernel: Kernel;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly log: Log;
  readonly auditIntervalMs: number;
  readonly onApplied: (applied: AppliedPlan) => void;
};

/** The kernel, and what it is believed to hold between two audits. */
export interface KernelMirror {
  /** Plans from what is there and carries it out. Throws CommandFailedError; the next call reads the kernel anew. */
  bring(plan: (state: KernelState) => PlannedChange, isApplied: boolean): Promise<void>;
  msToAudit(): number;
}

/** A mirror that has read nothing yet. The belief stands in for reading back; any failure drops it. */
export function kernelMirror(deps: MirrorDeps): KernelMirror {
  let belief: KernelState | undefined;
  let auditAtMs = 0;
  const state = async (): Promise<KernelState> => {
    if (belief !== undefined && deps.now() < auditAtMs) return belief;
    belief = undefined;
    belief = await deps.kernel.read();
    auditAtMs = deps.now() + deps.auditIntervalMs;
    return belief;
  };
  return {
    async bring(planFrom, isApplied) {
      const before = await state();
      const { plan, after } = planFrom(before);
      if (plan.length === 0) {
        // The same content as values the next plan knows again at a glance.
        belief = after;
        return;
      }
      if (isApplied)
        deps.log.warn({ plan: formatPlan(plan).slice(0, 2_000) }, "repairing what another program changed");
      const startedAt = deps.now();
      belief = undefined;
      await deps.kernel.run(plan);
      belief = after;
      deps.onApplied({ plan, durationMs: deps.now() - startedAt, isRepair: isApplied, after });
    },
    msToAudit: () => Math.max(0, auditAtMs - deps.now()),
  };
}
