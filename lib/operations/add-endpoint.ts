import { checkDoorEndpoint } from "#operations/check-door-endpoint.ts";
import type { Author, Deps } from "#operations/deps.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { readVersioned } from "#operations/transaction/read-versioned.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import type { Endpoint, EndpointKey } from "#policy/endpoint.ts";
import type { Issue } from "#policy/issue.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import { isName } from "#policy/name.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, ok, type Result } from "#prelude/result.ts";

export type AddEndpointRequest = {
  readonly key: EndpointKey;
  /** The value as it will be stored, not yet checked. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
};

export type AddedEndpoint = {
  readonly revision: number;
  readonly endpoint: Endpoint;
  /** Profiles it names that do not exist (yet): what reaches them is dropped. */
  readonly missingProfiles: readonly ProfileId[];
  /** Another endpoint on the same host with the same interface, if any. */
  readonly sharesInterfaceWith: readonly string[];
};

export type AddEndpointRefusal =
  | { readonly kind: "endpoint-invalid"; readonly issues: readonly Issue[] }
  | { readonly kind: "endpoint-exists"; readonly key: string }
  | WriteRefusal;

/** Registers an endpoint. One that exists is not touched. */
export async function addEndpoint(
  deps: Deps,
  author: Author,
  request: AddEndpointRequest,
): Promise<Result<AddedEndpoint, AddEndpointRefusal>> {
  const { key } = request;
  const endpoint = checkEndpoint(request);
  if (!endpoint.ok) return endpoint;
  const requestId = request.requestId ?? deps.newRequestId();
  return retryConflicts<AddedEndpoint, AddEndpointRefusal>(async () => {
    const { snapshot, endpointVersion } = await readVersioned(deps);
    if (endpointVersion(key) !== 0) return err({ kind: "endpoint-exists", key: formatEndpointKey(key) });
    const committed = await commitChange(deps, author, {
      requestId,
      writes: [{ kind: "endpoint", key, base: 0, after: endpoint.value }],
      edits: [{ kind: "add-endpoint", endpoint: key }],
    });
    if (!committed.ok) return committed;
    return ok({
      revision: committed.value.revision,
      endpoint: endpoint.value,
      missingProfiles: endpoint.value.profileIds.filter((id) => !snapshot.profiles.has(id)),
      sharesInterfaceWith: endpointsOnInterface(snapshot, key.host, endpoint.value.name),
    });
  });
}

/** Our doors are stricter than the agent: names in the key, distinct profiles, no blocks. */
function checkEndpoint({ key, value }: AddEndpointRequest): Result<Endpoint, AddEndpointRefusal> {
  const issues: Issue[] = [];
  for (const part of ["host", "orchestrator", "workload", "endpoint"] as const) {
    const what = part === "endpoint" ? "endpoint id" : "host name";
    if (!isName(key[part])) issues.push({ kind: "bad-name", what, found: key[part], path: [part] });
  }
  const endpoint = parseEndpoint(value);
  if (!endpoint.ok) return err({ kind: "endpoint-invalid", issues: [...issues, ...endpoint.error] });
  issues.push(...checkDoorEndpoint(endpoint.value));
  return issues.length > 0 ? err({ kind: "endpoint-invalid", issues }) : endpoint;
}

function endpointsOnInterface(snapshot: Snapshot, host: string, name: string): readonly string[] {
  return [...snapshot.endpoints]
    .filter(([, { key, value }]) => key.host === host && value.kind === "valid" && value.value.name === name)
    .map(([text]) => text);
}
