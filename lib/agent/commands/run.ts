import type { Logger } from "pino";
import type { AgentOptions } from "#agent/agent-options.ts";
import { memoryKeeper } from "#agent/give-memory-back.ts";
import { type InterfaceState, readInterfaceStates } from "#agent/interface-states.ts";
import { type AgentMetrics, agentMetrics } from "#agent/metrics.ts";
import type { AgentIdentity } from "#agent/node-status.ts";
import { reconcile } from "#agent/reconcile.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import { statusReporter } from "#agent/report-status.ts";
import { serveMetrics } from "#agent/serve-metrics.ts";
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
import { followSnapshot, type LiveSnapshot } from "#store/live-snapshot.ts";
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
  const face = await outwardFace({ options, deps, metrics, identity, unusable });
  log.info({ ...identity, families }, "tortie-agent runs");
  try {
    await reconcile({
      snapshots: noticingAbsence(followSnapshot(deps.store, signal, endpointOnDemand), (live) => {
        metrics.connected(live.connected);
        if (live.connected) log.info({}, "etcd answers");
        else log.warn({ detail: live.detail }, "etcd does not answer; what was enforced last stays enforced");
      }),
      kernel: options.dryRun ? dryKernel(kernel, (text) => process.stdout.write(text)) : kernel,
      settings: (snapshot) => nodeSettings(snapshot, { ...options, families }),
      now: () => performance.now() + performance.timeOrigin,
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
};

/** What the outside sees of the agent: statuses in etcd, metrics and health on loopback. */
async function outwardFace({ options, deps, metrics, identity, unusable }: FaceDeps) {
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
  });
  const look = () => {
    const before = interfaceStates;
    interfaceStates = readInterfaceStates(progress.interfaces);
    if (progress.interfaces.some((name) => before.get(name) !== interfaceStates.get(name))) reporter.report();
  };
  // Interfaces come and go without anybody telling us; only the status wants to know, enforcement goes by name.
  const looking = setInterval(look, options.auditIntervalMs);
  const memory = memoryKeeper();
  const resting = setInterval(() => memory.rest(), REST_MS);
  const server = options.metrics
    ? await serveMetrics(options.metrics, metrics.registry, () => ({
        healthy: progress.inSync,
        detail: { inSync: progress.inSync, appliedRevision: progress.appliedRevision, failure: progress.failure },
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

/** Passes everything on and calls `onChange` for the first value and whenever etcd comes or goes. */
async function* noticingAbsence(
  lives: AsyncIterable<LiveSnapshot>,
  onChange: (live: LiveSnapshot) => void,
): AsyncGenerator<LiveSnapshot, void> {
  let wasConnected: boolean | undefined;
  for await (const live of lives) {
    if (live.connected !== wasConnected) onChange(live);
    wasConnected = live.connected;
    yield live;
  }
}
