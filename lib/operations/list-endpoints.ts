import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { EndpointEntry, EndpointKey } from "#policy/endpoint.ts";

/** Endpoints whose key agrees with every part given, in key order. */
export async function listEndpoints(deps: Deps, filter: Partial<EndpointKey> = {}): Promise<readonly EndpointEntry[]> {
  const { endpoints } = await loadSnapshot(deps);
  const parts = ["host", "orchestrator", "workload", "endpoint"] as const;
  return [...endpoints.values()].filter(({ key }) =>
    parts.every((part) => filter[part] === undefined || filter[part] === key[part]),
  );
}
