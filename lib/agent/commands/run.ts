import type { Logger } from "pino";
import type { AgentOptions } from "#agent/agent-options.ts";
import { systemClock } from "#agent/clock.ts";
import { memoryKeeper } from "#agent/give-memory-back.ts";
import { type InterfaceState, readInterfaceStates } from "#agent/interface-states.ts";
import { type AgentMetrics, agentMetrics } from "#agent/metrics.ts";
import type { AgentIdentity } from "#agent/node-status.ts";
import { reconcile } from "#agent/reconcile.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import { statusReporter } from "#agent/report-status.ts";
import { serveMetrics } from "#agent/serve-metrics.ts";
import { storeAbsence } from "#agent/store-absence.ts";
import { AGENT_VERSION } from "#agent/version.ts";
import { HEARTBEAT_MS, statusWriter } from "#agent/write-statuses.ts";
import { detectBackend, detectFamilies, type UsableFamilies } from "#dataplane/actual/detect-backend.ts";
import { dryKernel } from "#dataplane/apply/dry-kernel.ts";
import { residentKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { endpointOnDemand } from "#policy/stored-endpoint.ts";
import type { ClassicStatusStore } from "#store/classic-status.ts";
import { followSnapshot } from "#store/live-snapshot.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";

export type RunDeps = {
  readonly store: PolicyStore;
  readonly statuses: NodeStatusStore;
  readonly classicStatuses: ClassicStatusStore;
  readonly log: Logger;
};

const REST_MS = 5_000;

/** Enforces policy on this node until `signal` aborts; the kernel then goes on enforcing. */
export async function runAgent(options: AgentOptions, deps: RunDeps, signal: AbortSignal): Promise<void> {
  const { log } = deps;
  const backend = options.backend === "auto" ? await detectBackend(runCommand) : options.backend;
  const { families, unusable } = await detectFamilies(runCommand, backend);
  for (const { family, reason } of unusable) log.error({ family, reason }, "this family cannot be programmed");
  if (families.length === 0) throw new Error(`neither IPv4 nor IPv6 tables can be read with ${backend}`);

  const kernel = residentKernel(runCommand, kernelTools(backend), {
    families,
    membersAnAudit: options.membersAnAudit,
    auditsToReadAll: Math.ceil(options.fullAuditMs / options.auditIntervalMs),
  });
  const identity = identityOf(options, backend);
  const metrics = agentMetrics();
  const absence = storeAbsence({ clock: systemClock, log, onChange: metrics.connected });
  metrics.absent(absence.awayMs);
  const face = await outwardFace({ options, deps, metrics, identity, unusable, awayMs: absence.awayMs });
  log.info({ ...identity, families }, "tortie-agent runs");
  try {
    await reconcile({
      snapshots: absence.watch(followSnapshot(deps.store, signal, endpointOnDemand)),
      kernel: options.dryRun ? dryKernel(kernel, (text) => process.stdout.write(text)) : kernel,
      settings: (snapshot) => nodeSettings(snapshot, { ...options, families }),
      ...systemClock,
      log,
      auditIntervalMs: options.auditIntervalMs,
      orphanGraceMs: options.orphanGraceMs,
      onApplied(applied) {
        metrics.applied(applied);
        metrics.helpersRestarted(kernel.restarts);
        const ms = Math.round(applied.durationMs);
        log.info({ steps: applied.plan.length, ms, repair: applied.isRepair }, "applied");
      },
      onProgress: face.progressed,
    });
  } finally {
    face.close();
    absence.stop();
    await kernel.stop();
  }
}

function identityOf(options: AgentOptions, backend: Backend): AgentIdentity {
  return {
    host: options.host,
    version: AGENT_VERSION,
    backend: options.dryRun ? "dry-run" : backend,
    startedAt: new Date().toISOString(),
  };
}

type FaceDeps = {
  readonly options: AgentOptions;
  readonly deps: RunDeps;
  readonly metrics: AgentMetrics;
  readonly identity: AgentIdentity;
  readonly unusable: UsableFamilies["unusable"];
  /** How long etcd has been away. */
  readonly awayMs: () => number;
};

/** What the outside sees of the agent: statuses in etcd, metrics and health on loopback. */
async function outwardFace({ options, deps, metrics, identity, unusable, awayMs }: FaceDeps) {
  const { log } = deps;
  const unusableKeys = unusable.map(({ family, reason }) => ({ key: `IPv${family}`, reason }));
  let progress: NodeProgress = {
    appliedRevision: 0,
    inSync: false,
    rejected: unusableKeys,
    waitingOrphans: 0,
    interfaces: [],
  };
  let interfaceStates: ReadonlyMap<string, InterfaceState> = new Map();
  const write = statusWriter(deps);
  const reporter = statusReporter({
    write: () => write({ identity, progress, interfaceStates }, new Date()),
    heartbeatMs: HEARTBEAT_MS,
    log,
    clock: systemClock,
  });
  const look = () => {
    const seen = readInterfaceStates(progress.interfaces, interfaceStates);
    if (seen === interfaceStates) return;
    interfaceStates = seen;
    reporter.report();
  };
  // Interfaces come and go without anybody telling us; only the status wants to know, enforcement goes by name.
  const looking = setInterval(look, options.auditIntervalMs);
  const memory = memoryKeeper();
  const resting = setInterval(() => memory.rest(), REST_MS);
  const server = options.metrics
    ? await serveMetrics(options.metrics, metrics.registry, () => ({
        healthy: progress.inSync,
        detail: {
          ...{ inSync: progress.inSync, appliedRevision: progress.appliedRevision, failure: progress.failure },
          storeAbsentSeconds: Math.round(awayMs() / 1000),
        },
      })).catch((error: Error) => log.error({ err: error }, "metrics are not served"))
    : undefined;
  return {
    progressed(next: NodeProgress) {
      const hasNewInterfaces = next.interfaces !== progress.interfaces;
      progress = { ...next, rejected: [...unusableKeys, ...next.rejected] };
      if (hasNewInterfaces) look();
      metrics.progressed(progress);
      reporter.report();
      memory.worked();
      log.info({ revision: next.appliedRevision, inSync: next.inSync, rejected: next.rejected.length }, "progress");
    },
    close() {
      clearInterval(looking);
      clearInterval(resting);
      reporter.stop();
      if (server) server.close();
    },
  };
}
