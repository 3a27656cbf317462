import { readFileSync } from "node:fs";
import type { Logger } from "pino";
import type { AgentOptions } from "#agent/agent-options.ts";
import { agentMetrics } from "#agent/metrics.ts";
import { type InterfaceState, nodeStatus } from "#agent/node-status.ts";
import { reconcile } from "#agent/reconcile.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import { statusReporter } from "#agent/report-status.ts";
import { serveMetrics } from "#agent/serve-metrics.ts";
import { AGENT_VERSION } from "#agent/version.ts";
import { detectBackend, detectFamilies } from "#dataplane/actual/detect-backend.ts";
import { dryKernel } from "#dataplane/apply/dry-kernel.ts";
import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { followSnapshot } from "#store/live-snapshot.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";

export type RunDeps = { readonly store: PolicyStore; readonly statuses: NodeStatusStore; readonly log: Logger };

const STATUS_TTL_SECONDS = 90;
const HEARTBEAT_MS = 30_000;

/** Enforces policy on this node until `signal` aborts; the kernel then goes on enforcing. */
export async function runAgent(options: AgentOptions, deps: RunDeps, signal: AbortSignal): Promise<void> {
  const { log } = deps;
  const startedAtMs = Date.now();
  const backend = options.backend === "auto" ? await detectBackend(runCommand) : options.backend;
  const { families, unusable } = await detectFamilies(runCommand, backend);
  for (const { family, reason } of unusable) log.error({ family, reason }, "this family cannot be programmed");
  if (families.length === 0) throw new Error(`neither IPv4 nor IPv6 tables can be read with ${backend}`);

  const kernel = hostKernel(runCommand, kernelTools(backend), families);
  const metrics = agentMetrics();
  const unusableKeys = unusable.map(({ family, reason }) => ({ key: `IPv${family}`, reason }));
  let progress: NodeProgress = { appliedRevision: 0, inSync: false, rejected: unusableKeys, interfaces: [] };
  const identity = {
    host: options.host,
    version: AGENT_VERSION,
    backend: options.dryRun ? ("dry-run" as const) : backend,
    startedAt: new Date(startedAtMs).toISOString(),
  };
  const reporter = statusReporter({
    statuses: deps.statuses,
    status: () => nodeStatus(identity, progress, { wallClock, interfaceState }),
    ttlSeconds: STATUS_TTL_SECONDS,
    heartbeatMs: HEARTBEAT_MS,
    log,
  });
  const server = options.metrics
    ? await serveMetrics(options.metrics, metrics.registry, () => ({
        healthy: progress.inSync,
        detail: { inSync: progress.inSync, appliedRevision: progress.appliedRevision, failure: progress.failure },
      })).catch((error: Error) => log.error({ err: error }, "metrics are not served"))
    : undefined;
  log.info({ ...identity, families }, "tortie-agent runs");
  try {
    await reconcile({
      snapshots: followSnapshot(deps.store, signal),
      kernel: options.dryRun ? dryKernel(kernel, (text) => process.stdout.write(text)) : kernel,
      settings: (snapshot) => nodeSettings(snapshot, { ...options, families }),
      now: () => performance.now() + performance.timeOrigin,
      log,
      auditIntervalMs: options.auditIntervalMs,
      onApplied(applied) {
        metrics.applied(applied);
        log.info(
          { steps: applied.plan.length, ms: Math.round(applied.durationMs), repair: applied.isRepair },
          "applied",
        );
      },
      onProgress(next) {
        progress = { ...next, rejected: [...unusableKeys, ...next.rejected] };
        metrics.progressed(progress);
        reporter.report();
        log.info({ revision: next.appliedRevision, inSync: next.inSync, rejected: next.rejected.length }, "progress");
      },
    });
  } finally {
    reporter.stop();
    if (server) server.close();
  }
}

function wallClock(ms: number): string {
  return new Date(ms).toISOString();
}

function interfaceState(name: string): InterfaceState {
  try {
    // A veth that is up says "up"; a device without link detection says "unknown".
    return readFileSync(`/sys/class/net/${name}/operstate`, "utf8").trim() === "down" ? "down" : "up";
  } catch {
    return "down";
  }
}
