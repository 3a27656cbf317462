import type { Log } from "#agent/log.ts";
import type { Kernel } from "#dataplane/apply/host-kernel.ts";
import { adoptDrift, touchedBy } from "#dataplane/plan/adopt-drift.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { PlannedChange } from "#dataplane/plan/plan-apply.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { isInDoubt, noTouches, noteTouches, type Touches } from "#dataplane/plan/touches.ts";

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

/** How long to wait when nothing new comes: until a time, or until something is done. */
export type Pause = { readonly ms: number; readonly until?: Promise<unknown> };

/** The kernel, and what it is believed to hold between two audits. */
export interface KernelMirror {
  /** Plans from what is there and carries it out. Throws CommandFailedError; the next call reads the kernel anew. */
  bring(plan: (state: KernelState) => PlannedChange, isApplied: boolean): Promise<void>;
  /** Whether the next call begins an audit. */
  isAuditDue(): boolean;
  /** The time to the next audit, or to the end of the one that goes on. */
  pause(): Pause;
}

/** A reading that goes on beside changes. */
type Audit = {
  readonly before: KernelState;
  readonly touched: Set<string>;
  readonly touches: Touches;
  readonly done: Promise<void>;
  found?: KernelState;
  failure?: unknown;
};

/**
 * A mirror that has read nothing yet. The belief stands in for reading back; any failure drops it. An audit reads beside
 * the changes, and what it finds is taken up by the call after its end.
 */
export function kernelMirror(deps: MirrorDeps): KernelMirror {
  let belief: KernelState | undefined;
  let audit: Audit | undefined;
  let auditAtMs = 0;
  const state = async (): Promise<KernelState> => {
    if (belief === undefined) {
      audit = undefined;
      belief = await deps.kernel.read();
      auditAtMs = deps.now() + deps.auditIntervalMs;
    } else if (audit === undefined) {
      if (deps.now() >= auditAtMs) {
        audit = startAudit(deps.kernel, belief);
        auditAtMs = deps.now() + deps.auditIntervalMs;
      }
    } else if (audit.failure !== undefined) {
      belief = undefined;
      throw audit.failure;
    } else if (audit.found !== undefined) {
      const reading = { before: audit.before, found: audit.found };
      // Somebody else wrote where we did; what is there now follows from neither.
      const inDoubt = isInDoubt(reading, audit.touches);
      belief = inDoubt ? await deps.kernel.read() : adoptDrift(belief, reading, audit.touched);
      audit = undefined;
    }
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
      if (audit !== undefined) {
        for (const name of touchedBy(plan)) audit.touched.add(name);
        noteTouches(audit.touches, plan, after);
      }
      await deps.kernel.run(plan);
      belief = after;
      deps.onApplied({ plan, durationMs: deps.now() - startedAt, isRepair: isApplied, after });
    },
    isAuditDue: () => audit === undefined && deps.now() >= auditAtMs,
    pause() {
      if (audit !== undefined) return { ms: deps.auditIntervalMs, until: audit.done };
      return { ms: Math.max(0, auditAtMs - deps.now()) };
    },
  };
}

function startAudit(kernel: Kernel, before: KernelState): Audit {
  const reading = kernel.readDrift(before);
  const audit: Audit = {
    before,
    touched: new Set(),
    touches: noTouches(),
    done: reading.then(
      (found) => {
        audit.found = found;
      },
      (error: unknown) => {
        audit.failure = error;
      },
    ),
  };
  return audit;
}
