import type { NodeProgress } from "#agent/reconciled-node.ts";
import type { HostStatus } from "#store/node-status-store.ts";

/** What never changes while the agent runs. */
export type AgentIdentity = Pick<HostStatus, "host" | "version" | "backend" | "startedAt">;

export type InterfaceState = "up" | "down" | "error";

/** The status value for the store. An endpoint that is enforced but whose last change failed is in error. */
export function nodeStatus(
  identity: AgentIdentity,
  progress: NodeProgress,
  world: { readonly wallClock: (ms: number) => string; readonly interfaceState: (name: string) => InterfaceState },
): HostStatus {
  const failure = progress.failure === undefined ? [] : [{ key: "kernel", reason: progress.failure }];
  return {
    ...identity,
    appliedRevision: progress.appliedRevision,
    ...(progress.appliedAtMs !== undefined && { appliedAt: world.wallClock(progress.appliedAtMs) }),
    ...(progress.lagMs !== undefined && { lagMs: progress.lagMs }),
    inSync: progress.inSync,
    rejected: [...progress.rejected, ...failure],
    endpoints: Object.fromEntries(
      [...progress.interfaces].sort().map((name) => [name, progress.failure ? "error" : world.interfaceState(name)]),
    ),
  };
}
