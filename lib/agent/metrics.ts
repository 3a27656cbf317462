import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { AppliedPlan } from "#agent/kernel-mirror.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";

export interface AgentMetrics {
  readonly registry: Registry;
  progressed(progress: NodeProgress): void;
  applied(applied: AppliedPlan): void;
}

/** The agent's figures; names begin with `tortie_agent_`, times are in seconds. */
export function agentMetrics(): AgentMetrics {
  const registry = new Registry();
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `tortie_agent_${name}`, help, registers: [registry] });
  const counter = (name: string, help: string) =>
    new Counter({ name: `tortie_agent_${name}`, help, registers: [registry] });
  const appliedRevision = gauge("applied_revision", "Policy revision the kernel enforces");
  const inSync = gauge("in_sync", "1 while the newest known policy is enforced");
  const lag = gauge("lag_seconds", "From learning of the applied revision to enforcing it");
  const rejected = gauge("rejected_objects", "Stored objects that cannot be enforced and are closed");
  const endpoints = gauge("endpoints", "Endpoints of this host that are enforced");
  const repairs = counter("drift_repairs_total", "Times something another program changed was put right");
  const failures = counter("apply_failures_total", "Plans the kernel refused");
  const steps = counter("applied_steps_total", "Steps carried out");
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
      endpoints.set(progress.interfaces.length);
      if (progress.failure !== undefined) failures.inc();
    },
    applied({ plan, durationMs, isRepair }) {
      steps.inc(plan.length);
      duration.observe(durationMs / 1000);
      if (isRepair) repairs.inc();
    },
  };
}
