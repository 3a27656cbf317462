/*
 * One node's way to what it should be. Goals: nothing is opened by a restart or a failure, a change costs what changed,
 * and what others break is repaired. Between audits a belief about the kernel stands in for reading it back; any failure
 * drops the belief, and the next turn reads again. Before the first whole snapshot only the closing frame is written.
 */
import { kernelMirror, type MirrorDeps, type Pause } from "#agent/kernel-mirror.ts";
import { orphanPlanner } from "#agent/orphan-planner.ts";
import { refusals } from "#dataplane/apply/refusals.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import type { Rejected } from "#dataplane/desired/local-endpoints.ts";
import { type NodePolicy, type NodeRenderer, nodePolicy, nodeRenderer } from "#dataplane/desired/node-policy.ts";
import type { NodeSettings } from "#dataplane/desired/node-settings.ts";
import { stateAfter } from "#dataplane/plan/apply-step.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { PlannedChange } from "#dataplane/plan/plan-apply.ts";
import { planFrame } from "#dataplane/plan/plan-frame.ts";
import { isReady } from "#policy/default-endpoint-to-host.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import type { LiveSnapshot } from "#store/live-snapshot.ts";

/** What the node has come to; the status and the metrics are made of it. */
export type NodeProgress = {
  /** The policy revision the kernel enforces; 0 before the first. */
  readonly appliedRevision: number;
  readonly appliedAtMs?: number;
  /** From learning of that revision to enforcing it. */
  readonly lagMs?: number;
  /** A whole snapshot is applied and the last plan went through. */
  readonly inSync: boolean;
  readonly rejected: readonly Rejected[];
  /** Chains and sets of an earlier layout that will be removed when their grace is over. */
  readonly waitingOrphans: number;
  /** What is enforced; absent before the first whole snapshot. */
  readonly snapshot?: Snapshot;
  /** Interfaces of this host's enforced endpoints. */
  readonly interfaces: readonly string[];
  /** Why the last attempt failed, in the kernel's words. */
  readonly failure?: string;
};

export type NodeDeps = MirrorDeps & {
  readonly settings: (snapshot: Snapshot) => NodeSettings;
  /** How long what an earlier layout left stays. */
  readonly orphanGraceMs: number;
  readonly onProgress: (progress: NodeProgress) => void;
};

export interface ReconciledNode {
  /** Brings the kernel to the newest state; answers how long to wait when nothing new comes. */
  turn(live: LiveSnapshot | undefined): Promise<Pause>;
}

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 5_000;

/** A node before its first turn. */
export function reconciledNode(deps: NodeDeps): ReconciledNode {
  const mirror = kernelMirror(deps);
  const render = nodeRenderer();
  const refused = refusals(deps.kernel);
  const orphans = orphanPlanner({ now: deps.now, graceMs: deps.orphanGraceMs });
  let wanted: Wanted | undefined;
  let progress: NodeProgress = { appliedRevision: 0, inSync: false, rejected: [], waitingOrphans: 0, interfaces: [] };
  let failures = 0;
  const report = (next: NodeProgress) => {
    progress = next;
    deps.onProgress(progress);
  };
  const bring = async () => {
    const isAudit = wanted?.isApplied ?? false;
    const before = refused.rejected();
    // What the kernel refused gets another chance; it is then no repair of somebody else's doing.
    const isRetry = isAudit && mirror.isAuditDue() && refused.retryOne();
    const { policy } = wanted ?? {};
    if (policy === undefined) {
      await refused.bring(closingFrame(deps), (closed) => mirror.bring((state) => planClosing(state, closed), false));
    } else {
      const isRepair = isAudit && !isRetry && deps.now() < orphans.dueAtMs;
      await refused.bring(policy, (closed) => mirror.bring((state) => orphans.plan(state, closed, policy), isRepair));
    }
    failures = 0;
    if (wanted === undefined) {
      if (refused.rejected() !== before) report({ ...progress, rejected: refused.rejected() });
      return;
    }
    const hasNews =
      !wanted.isApplied ||
      !progress.inSync ||
      refused.rejected() !== before ||
      orphans.waiting !== progress.waitingOrphans;
    wanted = { ...wanted, isApplied: true };
    if (hasNews)
      report(reached(wanted, { now: deps.now(), refused: refused.rejected(), waitingOrphans: orphans.waiting }));
  };
  return {
    async turn(live) {
      if (isUsable(live) && live.snapshot !== wanted?.snapshot) wanted = want(live.snapshot, deps, render);
      try {
        await bring();
        const pause = mirror.pause();
        return { ...pause, ms: Math.min(pause.ms, Math.max(0, orphans.dueAtMs - deps.now())) };
      } catch (error) {
        if (!(error instanceof CommandFailedError)) throw error;
        failures += 1;
        deps.log.error({ err: error }, "the kernel refused a change; trying again");
        report({ ...progress, inSync: false, failure: error.message });
        return { ms: Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS) };
      }
    },
  };
}

type Wanted = {
  readonly snapshot: Snapshot;
  readonly policy: NodePolicy;
  readonly rejected: readonly Rejected[];
  readonly learnedAtMs: number;
  readonly isApplied: boolean;
};

/** A whole snapshot that may be applied; while `Ready` says no, the node stays as it is. */
function isUsable(live: LiveSnapshot | undefined): live is LiveSnapshot {
  return live !== undefined && live.storeRevision > 0 && isReady(live.snapshot);
}

/** The policy of a store in which nothing is. */
function closingFrame(deps: NodeDeps): NodePolicy {
  return nodePolicy(EMPTY_SNAPSHOT, deps.settings(EMPTY_SNAPSHOT).options);
}

function planClosing(state: KernelState, frame: NodePolicy): PlannedChange {
  const plan = planFrame(state, frame);
  return { plan, after: stateAfter(state, plan) };
}

function want(snapshot: Snapshot, deps: NodeDeps, render: NodeRenderer): Wanted {
  const learnedAtMs = deps.now();
  const { options, rejected } = deps.settings(snapshot);
  const policy = render(snapshot, options);
  return { snapshot, policy, rejected: [...rejected, ...policy.rejected], learnedAtMs, isApplied: false };
}

type Now = { readonly now: number; readonly refused: readonly Rejected[]; readonly waitingOrphans: number };

function reached(
  { snapshot, policy, rejected, learnedAtMs }: Wanted,
  { now, refused, waitingOrphans }: Now,
): NodeProgress {
  return {
    snapshot,
    appliedRevision: policy.revision,
    appliedAtMs: now,
    lagMs: now - learnedAtMs,
    inSync: true,
    rejected: [...rejected, ...refused],
    waitingOrphans,
    interfaces: policy.interfaces,
  };
}
