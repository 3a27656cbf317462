import type { Author, Deps } from "#operations/deps.ts";
import { type EndpointNotFound, findEndpoint } from "#operations/find-endpoint.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { readVersioned, type VersionedSnapshot } from "#operations/transaction/read-versioned.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import type { Endpoint, EndpointEntry, EndpointKey } from "#policy/endpoint.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

export type AssignProfilesRequest = {
  /** The endpoint's name, or `HOST/ORCHESTRATOR/WORKLOAD/ENDPOINT`. */
  readonly name: string;
  /** `append` and `remove` keep the order of the others; `set` takes the order given. */
  readonly how: "append" | "remove" | "set";
  readonly profileIds: readonly ProfileId[];
  /** The list the person saw; another one now answers `conflict`. */
  readonly expected?: readonly ProfileId[];
  readonly requestId?: string;
};

export type AssignedProfiles = {
  readonly key: EndpointKey;
  readonly profileIds: readonly ProfileId[];
  /** Profiles of the request that were listed already; nothing changed for them. */
  readonly alreadyListed: readonly ProfileId[];
  /** Absent when nothing had to be written. */
  readonly revision?: number;
};

export type AssignProfilesRefusal =
  | EndpointNotFound
  | { readonly kind: "endpoint-invalid"; readonly key: string }
  | { readonly kind: "profiles-repeated"; readonly profileIds: readonly ProfileId[] }
  | { readonly kind: "profiles-unknown"; readonly profileIds: readonly ProfileId[] }
  | { readonly kind: "profiles-not-listed"; readonly profileIds: readonly ProfileId[] }
  | WriteRefusal;

type Assigned = Result<AssignedProfiles, AssignProfilesRefusal>;

/**
 * Changes an endpoint's ordered profile list. Profiles that come in must exist, and the transaction is held to that;
 * the others may be missing already.
 */
export async function assignProfiles(deps: Deps, author: Author, request: AssignProfilesRequest): Promise<Assigned> {
  const repeated = request.profileIds.filter((id, index) => request.profileIds.indexOf(id) !== index);
  if (repeated.length > 0) return err({ kind: "profiles-repeated", profileIds: [...new Set(repeated)] });
  const requestId = request.requestId ?? deps.newRequestId();
  const attempt = () => attemptAssign(deps, author, { ...request, requestId });
  return request.expected === undefined ? retryConflicts(attempt) : attempt();
}

async function attemptAssign(
  deps: Deps,
  author: Author,
  request: AssignProfilesRequest & { readonly requestId: string },
): Promise<Assigned> {
  const versioned = await readVersioned(deps);
  const found = findEndpoint(versioned.snapshot, request.name);
  if (!found.ok) return found;
  const { key } = found.value;
  const current = currentEndpoint(found.value);
  if (!current.ok) return current;
  const alreadyListed =
    request.how === "append" ? request.profileIds.filter((id) => current.value.profileIds.includes(id)) : [];
  const profileIds = nextList(current.value.profileIds, request, versioned);
  if (!profileIds.ok) return profileIds;
  const answer = { key, profileIds: profileIds.value, alreadyListed };
  const isStale = request.expected !== undefined && !isSameList(request.expected, current.value.profileIds);
  if (isSameList(profileIds.value, current.value.profileIds) && !isStale) return ok(answer);
  const added = profileIds.value.filter((id) => !current.value.profileIds.includes(id));
  const committed = await commitChange(deps, author, {
    requestId: request.requestId,
    // A stale list is refused by the comparison, unless this very request has already taken effect.
    writes: [
      {
        kind: "endpoint",
        key,
        base: isStale ? 0 : versioned.endpointVersion(key),
        after: withProfiles(current.value, profileIds.value),
      },
    ],
    guards: added.flatMap(versioned.profileGuards),
    edits: [{ kind: "assign-profiles", endpoint: key, profileIds: profileIds.value }],
  });
  return committed.ok ? ok({ ...answer, revision: committed.value.revision }) : committed;
}

function currentEndpoint({ key, value }: EndpointEntry): Result<Endpoint, AssignProfilesRefusal> {
  return value.kind === "valid" ? ok(value.value) : err({ kind: "endpoint-invalid", key: formatEndpointKey(key) });
}

function nextList(
  current: readonly ProfileId[],
  { how, profileIds }: AssignProfilesRequest,
  { snapshot }: VersionedSnapshot,
): Result<readonly ProfileId[], AssignProfilesRefusal> {
  if (how === "remove") {
    const notListed = profileIds.filter((id) => !current.includes(id));
    if (notListed.length > 0) return err({ kind: "profiles-not-listed", profileIds: notListed });
    return ok(current.filter((id) => !profileIds.includes(id)));
  }
  const unknown = profileIds.filter((id) => !snapshot.profiles.has(id) && !current.includes(id));
  if (unknown.length > 0) return err({ kind: "profiles-unknown", profileIds: unknown });
  switch (how) {
    case "append":
      return ok([...current, ...profileIds.filter((id) => !current.includes(id))]);
    case "set":
      return ok(profileIds);
    default:
      return assertNever(how);
  }
}

/** The stored value with another list: every other field stays as it was written. */
function withProfiles({ stored }: Endpoint, profileIds: readonly ProfileId[]): Endpoint {
  const { profile_id: _legacy, ...kept } = stored;
  const endpoint = parseEndpoint({ ...kept, profile_ids: profileIds });
  if (!endpoint.ok) throw new Error("an endpoint became invalid by another profile list");
  return endpoint.value;
}

function isSameList(a: readonly ProfileId[], b: readonly ProfileId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
