import type { Author, Deps } from "#operations/deps.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { ok, type Result } from "#prelude/result.ts";

export type CreateProfileRequest = {
  readonly profileId: ProfileId;
  /** Another first content than the classic one: open to its own tag, open to send. */
  readonly profile?: Profile;
  readonly requestId?: string;
};

export type CreatedProfile =
  | { readonly kind: "created"; readonly revision: number; readonly profile: Profile }
  | { readonly kind: "already-exists"; readonly profile: Profile };

/** Creates a profile with the classic first content; one that exists is left as it is, and said so. */
export async function createProfile(
  deps: Deps,
  author: Author,
  request: CreateProfileRequest,
): Promise<Result<CreatedProfile, WriteRefusal>> {
  const requestId = request.requestId ?? deps.newRequestId();
  const after = request.profile ?? newProfile(request.profileId);
  return retryConflicts<CreatedProfile, WriteRefusal>(async () => {
    const current = await deps.store.readProfile(request.profileId);
    // A caller's own request id may have created it before a time-out: the commit recognises that.
    if (current !== undefined && request.requestId === undefined) {
      return ok({ kind: "already-exists", profile: current.profile });
    }
    const beside = after.sidecar === undefined ? undefined : await deps.store.readSidecar(request.profileId);
    const sidecarBase = beside === undefined ? {} : { sidecarBase: beside.modRevision };
    const committed = await commitChange(deps, author, {
      requestId,
      writes: [{ kind: "profile", id: request.profileId, base: { tags: 0, rules: 0 }, after, ...sidecarBase }],
      edits: [{ kind: "create-profile", profileId: request.profileId }],
    });
    if (committed.ok) return ok({ kind: "created", revision: committed.value.revision, profile: after });
    if (current !== undefined && committed.error.kind === "conflict") {
      return ok({ kind: "already-exists", profile: current.profile });
    }
    return committed;
  });
}
