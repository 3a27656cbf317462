import type { NodePolicy } from "#dataplane/desired/node-policy.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import { orphanKey, orphansIn, recordedOrphans, sparingOrphans, type WaitingOrphan } from "#dataplane/plan/orphans.ts";
import { type PlannedChange, planApply } from "#dataplane/plan/plan-apply.ts";

/** Plans that leave orphans where they are until their grace is over. */
export interface OrphanPlanner {
  /** As `planApply`. `policy` is what was wished before anything refused in it was closed. */
  plan(state: KernelState, closed: NodePolicy, policy: NodePolicy): PlannedChange;
  /** How many wait. */
  readonly waiting: number;
  /** When the first of them is due, in milliseconds of the epoch; infinite when none waits. */
  readonly dueAtMs: number;
}

export type OrphanPlannerDeps = { readonly now: () => number; readonly graceMs: number };

// Policies whose plans failed, one after another; what an even older one made is an orphan then, which is no harm.
const MAX_ATTEMPTS = 20;

type Known = {
  readonly closed: NodePolicy;
  readonly spared: NodePolicy;
  readonly after: KernelState;
  readonly waiting: readonly WaitingOrphan[];
};

/**
 * A planner that has seen nothing yet. What this run itself made is no orphan and goes as soon as no policy names it. While
 * the kernel is as our own plan left it there can be no new orphans, and nothing is looked for.
 */
export function orphanPlanner({ now, graceMs }: OrphanPlannerDeps): OrphanPlanner {
  let known: Known | undefined;
  let attempted: readonly NodePolicy[] = [];
  const dueAtMs = () => Math.min(...(known?.waiting ?? []).map(({ sinceMs }) => sinceMs + graceMs));
  const wait = (state: KernelState): readonly WaitingOrphan[] => {
    const recorded = recordedOrphans(state);
    return orphansIn(state, attempted)
      .map((orphan) => ({ ...orphan, sinceMs: Math.min(now(), recorded.get(orphanKey(orphan)) ?? now()) }))
      .filter(({ sinceMs }) => now() < sinceMs + graceMs);
  };
  const spare = (state: KernelState, closed: NodePolicy): Omit<Known, "after"> => {
    const isOurs = state === known?.after;
    if (isOurs && known?.waiting.length === 0) return { closed, spared: closed, waiting: [] };
    if (isOurs && known?.closed === closed && now() < dueAtMs()) return known;
    const waiting = wait(state);
    return { closed, spared: sparingOrphans(closed, waiting), waiting };
  };
  return {
    plan(state, closed, policy) {
      attempted = [...(state === known?.after ? attempted.slice(-2) : attempted), policy, closed].slice(-MAX_ATTEMPTS);
      const spared = spare(state, closed);
      const change = planApply(state, spared.spared);
      known = { ...spared, after: change.after };
      return change;
    },
    get waiting() {
      return known?.waiting.length ?? 0;
    },
    get dueAtMs() {
      return dueAtMs();
    },
  };
}
