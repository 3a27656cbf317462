import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { HostStatus } from "#store/node-status-store.ts";

/** A host that is known by its address, its endpoints or the agent that reports from it. */
export type Node = {
  readonly host: string;
  readonly ip?: string;
  readonly endpointCount: number;
  /** Absent while no agent reports. */
  readonly status?: HostStatus;
  /** The policy revision of now: a node whose applied revision is smaller lags behind. */
  readonly policyRevision: number;
};

/** Every node, sorted by host. */
export async function listNodes(deps: Deps): Promise<readonly Node[]> {
  const [snapshot, statuses] = await Promise.all([loadSnapshot(deps), deps.statuses.readStatuses()]);
  const statusByHost = new Map(statuses.map((status) => [status.host, status]));
  const endpointCountByHost = new Map<string, number>();
  for (const { key } of snapshot.endpoints.values()) {
    endpointCountByHost.set(key.host, (endpointCountByHost.get(key.host) ?? 0) + 1);
  }
  const hosts = new Set([...snapshot.hosts.keys(), ...endpointCountByHost.keys(), ...statusByHost.keys()]);
  return [...hosts].sort().map((host) => {
    const ip = snapshot.hosts.get(host)?.ip;
    const status = statusByHost.get(host);
    return {
      host,
      ...(ip === undefined ? {} : { ip }),
      endpointCount: endpointCountByHost.get(host) ?? 0,
      ...(status === undefined ? {} : { status }),
      policyRevision: snapshot.revision,
    };
  });
}
