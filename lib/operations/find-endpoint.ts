import type { EndpointEntry } from "#policy/endpoint.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, ok, type Result } from "#prelude/result.ts";

export type EndpointNotFound =
  | { readonly kind: "endpoint-not-found"; readonly name: string }
  /** The name stands in several places; `keys` are the four-part names that tell them apart. */
  | { readonly kind: "endpoint-ambiguous"; readonly name: string; readonly keys: readonly string[] };

/** Finds an endpoint by its name, or by `HOST/ORCHESTRATOR/WORKLOAD/ENDPOINT` where the name repeats. */
export function findEndpoint(snapshot: Snapshot, name: string): Result<EndpointEntry, EndpointNotFound> {
  const exact = snapshot.endpoints.get(name);
  if (exact !== undefined) return ok(exact);
  const named = [...snapshot.endpoints.values()].filter(({ key }) => key.endpoint === name);
  const [only, ...others] = named;
  if (only === undefined) return err({ kind: "endpoint-not-found", name });
  if (others.length === 0) return ok(only);
  return err({ kind: "endpoint-ambiguous", name, keys: named.map(({ key }) => formatEndpointKey(key)) });
}
