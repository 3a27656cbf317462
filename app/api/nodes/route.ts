import { webDeps } from "#web/deps.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respond } from "#web/http/respond.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";

/** The agents that report now, sorted by host. */
export async function GET(): Promise<Response> {
  await requirePrincipal();
  const statuses: readonly NodeStatus[] = webDeps()
    .nodes.statuses()
    .map(({ inSync, host, appliedRevision, rejected, endpoints }) => ({
      host,
      appliedRevision,
      isInSync: inSync,
      rejected,
      endpoints,
    }));
  return respond(statuses);
}
