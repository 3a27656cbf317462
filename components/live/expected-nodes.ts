import type { Snapshot } from "#policy/snapshot.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";

/**
 * The nodes the policy counts on: those that report, and every host that holds an endpoint, for that host must enforce
 * it too. A host that does not report counts as one that has applied nothing. Sorted by host; empty while no agent
 * reports at all, for then nothing is known of any.
 */
export function expectedNodes(
  statuses: readonly NodeStatus[],
  { endpoints }: Pick<Snapshot, "endpoints">,
): readonly NodeStatus[] {
  if (statuses.length === 0) return [];
  const byHost = new Map<string, NodeStatus>();
  for (const { key } of endpoints.values()) byHost.set(key.host, silentNode(key.host));
  for (const status of statuses) byHost.set(status.host, status);
  return [...byHost.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

function silentNode(host: string): NodeStatus {
  return { host, appliedRevision: 0, isInSync: false, rejected: [], endpoints: {} };
}
