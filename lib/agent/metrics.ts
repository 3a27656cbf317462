import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { AppliedPlan } from "#agent/kernel-mirror.ts";
import { type Programmed, programmedObjects } from "#agent/programmed-objects.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";

export interface AgentMetrics {
  readonly registry: Registry;
  progressed(progress: NodeProgress): void;
  applied(applied: AppliedPlan): void;
  helpersRestarted(count: number): void;
  /** Whether etcd can be reached. */
  connected(isConnected: boolean): void;
  /** Who knows for how long it has not been reached, in milliseconds. */
  absent(awayMs: () => number): void;
}

/** The agent's figures; names begin with `tortie_agent_`, times are in seconds. */
export function agentMetrics(): AgentMetrics {
  const registry = new Registry();
  // The delay of the event loop is measured by waking up: a hundred times a second unless told otherwise.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 1_000 });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `tortie_agent_${name}`, help, registers: [registry] });
  const counter = (name: string, help: string) =>
    new Counter({ name: `tortie_agent_${name}`, help, registers: [registry] });
  const appliedRevision = gauge("applied_revision", "Policy revision the kernel enforces");
  const inSync = gauge("in_sync", "1 while the newest known policy is enforced");
  const lag = gauge("lag_seconds", "From learning of the applied revision to enforcing it");
  const rejected = gauge("rejected_objects", "Stored objects that cannot be enforced and are closed");
  const orphans = gauge(
    "waiting_orphans",
    "Chains and sets an earlier layout left, waiting for the end of their grace",
  );
  const endpoints = gauge("endpoints", "Endpoints of this host that are enforced");
  const connected = gauge("store_connected", "1 while etcd answers; without it the last policy stays enforced");
  const programmed = programmedGauge(registry);
  const repairs = counter("drift_repairs_total", "Times something another program changed was put right");
  const failures = counter("apply_failures_total", "Plans the kernel refused");
  const steps = counter("applied_steps_total", "Steps carried out");
  const restarts = gauge("helper_restarts", "How often a restore program that ended unasked was started again");
  const duration = new Histogram({
    name: "tortie_agent_apply_duration_seconds",
    help: "Time to carry out one plan",
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    registers: [registry],
  });
  return {
    registry,
    progressed(progress) {
      appliedRevision.set(progress.appliedRevision);
      inSync.set(progress.inSync ? 1 : 0);
      lag.set((progress.lagMs ?? 0) / 1000);
      rejected.set(progress.rejected.length);
      orphans.set(progress.waitingOrphans);
      endpoints.set(progress.interfaces.length);
      if (progress.failure !== undefined) failures.inc();
    },
    connected: (isConnected) => connected.set(isConnected ? 1 : 0),
    absent: (awayMs) => absenceGauge(registry, awayMs),
    helpersRestarted(count) {
      restarts.set(count);
    },
    applied({ plan, durationMs, isRepair, after }) {
      programmed.holds(after);
      steps.inc(plan.length);
      duration.observe(durationMs / 1000);
      if (isRepair) repairs.inc();
    },
  };
}

function absenceGauge(registry: Registry, awayMs: () => number): void {
  new Gauge({
    name: "tortie_agent_store_absent_seconds",
    help: "For how long etcd has not answered; 0 while it does",
    registers: [registry],
    collect() {
      this.set(awayMs() / 1000);
    },
  });
}

/** Counted when somebody asks, not at every change. */
function programmedGauge(registry: Registry): { holds(state: KernelState): void } {
  let state: KernelState | undefined;
  new Gauge({
    name: "tortie_agent_programmed_objects",
    help: "What the kernel holds of ours, as of the last change",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      if (state === undefined) return;
      const counts: Programmed = programmedObjects(state);
      for (const [kind, count] of Object.entries(counts)) this.set({ kind }, count);
    },
  });
  return {
    holds(next) {
      state = next;
    },
  };
}
