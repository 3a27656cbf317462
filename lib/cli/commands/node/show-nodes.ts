import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { formatTable } from "#cli/print/format-table.ts";
import { listNodes, type Node } from "#operations/list-nodes.ts";

const HEADINGS = ["Hostname", "IP", "Endpoints", "Agent", "Backend", "Applied revision", "State"];

/** `node show`: every known host, what its agent enforces, and which keys it rejects. */
export const showNodes: RunCommand = async (_invocation, { deps }) => {
  const nodes = await listNodes(await deps());
  const messages = nodes.flatMap(({ host, status }) =>
    (status?.rejected ?? []).map(({ key, reason }) => `Node ${host} rejects ${key}: ${reason}`),
  );
  return done(formatTable(HEADINGS, nodes.map(row)), { nodes }, messages);
};

function row({ host, ip, endpointCount, status, policyRevision }: Node): readonly string[] {
  const place = [host, ip ?? "", String(endpointCount)];
  if (status === undefined) return [...place, "none", "", "", "no agent reports"];
  const applied = String(status.appliedRevision);
  return [...place, status.version, status.backend, applied, stateOf(status, policyRevision)];
}

function stateOf(status: NonNullable<Node["status"]>, policyRevision: number): string {
  if (!status.inSync) return "not in sync";
  return status.appliedRevision >= policyRevision ? "up to date" : `behind ${policyRevision}`;
}
