import { formatNodePolicy } from "#dataplane/desired/format-node-policy.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** What the agent on a host would program, as text (format-node-policy.ts says how it reads). */
export function renderHost(
  snapshot: Snapshot,
  node: { readonly host: string; readonly families: readonly Family[]; readonly interfacePrefix?: string },
): string {
  return formatNodePolicy(nodePolicy(snapshot, nodeSettings(snapshot, node).options));
}
