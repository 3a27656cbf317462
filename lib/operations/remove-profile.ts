import type { Author, Deps } from "#operations/deps.ts";
import type { ProfileNotFound } from "#operations/get-profile.ts";
import { readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { err, type Result } from "#prelude/result.ts";
import type { ProfileVersion } from "#store/policy-store.ts";

export type RemoveProfileRequest = {
  readonly profileId: ProfileId;
  /** Removes it though endpoints name it: their new traffic is then dropped (policy-model 2.5). */
  readonly evenInUse?: true;
  /** The version the person saw; a newer one answers `conflict`. */
  readonly base?: ProfileVersion;
  readonly requestId?: string;
};

/** Endpoints, as `host/orchestrator/workload/endpoint`, that name the profile. */
export type ProfileInUse = { readonly kind: "in-use"; readonly endpoints: readonly string[] };

/** Removes all values of a profile in one transaction; refuses while an endpoint names it. */
export async function removeProfile(
  deps: Deps,
  author: Author,
  request: RemoveProfileRequest,
): Promise<Result<{ readonly revision: number }, ProfileNotFound | ProfileInUse | WriteRefusal>> {
  const { profileId } = request;
  const requestId = request.requestId ?? deps.newRequestId();
  const attempt = async (): Promise<
    Result<{ readonly revision: number }, ProfileNotFound | ProfileInUse | WriteRefusal>
  > => {
    const current = await readToEdit(deps, profileId);
    if (current === undefined) return err({ kind: "not-found", profileId });
    const endpoints = request.evenInUse === true ? [] : await endpointsNaming(deps, profileId);
    if (endpoints.length > 0) return err({ kind: "in-use", endpoints });
    const beside = sidecarWrite(current.beside, undefined);
    return commitChange(deps, author, {
      requestId,
      writes: [{ kind: "profile", id: profileId, base: request.base ?? current.version, ...beside }],
      edits: [{ kind: "remove-profile", profileId }],
    });
  };
  return request.base === undefined ? retryConflicts(attempt) : attempt();
}

async function endpointsNaming(deps: Deps, id: ProfileId): Promise<readonly string[]> {
  const { entries } = await deps.store.readSnapshot();
  const { endpoints } = snapshotFromEntries(entries);
  return [...endpoints]
    .filter(([, { value }]) => value.kind === "valid" && value.value.profileIds.includes(id))
    .map(([name]) => name);
}
