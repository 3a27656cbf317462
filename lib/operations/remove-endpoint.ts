import type { Author, Deps } from "#operations/deps.ts";
import { type EndpointNotFound, findEndpoint } from "#operations/find-endpoint.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { readVersioned } from "#operations/transaction/read-versioned.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import type { EndpointKey } from "#policy/endpoint.ts";
import { ok, type Result } from "#prelude/result.ts";

export type RemoveEndpointRequest = {
  /** Its name, or `HOST/ORCHESTRATOR/WORKLOAD/ENDPOINT`. */
  readonly name: string;
  readonly requestId?: string;
};

export type RemovedEndpoint = { readonly revision: number; readonly key: EndpointKey };

/** Removes an endpoint; also one whose value is invalid. */
export async function removeEndpoint(
  deps: Deps,
  author: Author,
  request: RemoveEndpointRequest,
): Promise<Result<RemovedEndpoint, EndpointNotFound | WriteRefusal>> {
  const requestId = request.requestId ?? deps.newRequestId();
  return retryConflicts<RemovedEndpoint, EndpointNotFound | WriteRefusal>(async () => {
    const { snapshot, endpointVersion } = await readVersioned(deps);
    const found = findEndpoint(snapshot, request.name);
    if (!found.ok) return found;
    const { key } = found.value;
    const committed = await commitChange(deps, author, {
      requestId,
      writes: [{ kind: "endpoint", key, base: endpointVersion(key) }],
      edits: [{ kind: "remove-endpoint", endpoint: key }],
    });
    return committed.ok ? ok({ revision: committed.value.revision, key }) : committed;
  });
}
