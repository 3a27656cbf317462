import type { Author, Deps } from "#operations/deps.ts";
import type { ProfileNotFound } from "#operations/get-profile.ts";
import {
  BESIDE_REPEATS,
  isBesideConflict,
  type ReadProfile,
  readToEdit,
  sidecarWrite,
} from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { ProfileVersion, VersionedProfile } from "#store/policy-store.ts";

/** What to change in one profile, and the version the person saw (absent: whatever is newest). */
export type ProfileEditing = {
  readonly profileId: ProfileId;
  readonly edits: readonly ProfileEdit[];
  readonly base?: SeenProfileVersion;
};

/** Without `sidecar` what is beside the rules may have changed since: the edits are done on what is there now. */
export type SeenProfileVersion = ProfileVersion & { readonly sidecar?: number | undefined };

/** A profile as it is stored now, with what is beside it. */
type NewestProfile = VersionedProfile & { readonly version: Required<ProfileVersion & { readonly sidecar: number }> };

export type EditProfilesRequest = { readonly profiles: readonly ProfileEditing[]; readonly requestId?: string };

/** Nothing was written. `index` counts the edits of that profile from 0. */
export type EditProfilesRefusal =
  | ProfileNotFound
  | {
      readonly kind: "edit-refused";
      readonly profileId: ProfileId;
      readonly error: EditError;
      readonly index: number;
    }
  | { readonly kind: "conflict"; readonly current: NewestProfile | undefined }
  | Exclude<WriteRefusal, { readonly kind: "conflict" }>;

type Edited = { readonly revision: number; readonly profiles: readonly Profile[] };
type Prepared = { readonly editing: ProfileEditing; readonly current: ReadProfile; readonly after: Profile };

/** Edits several profiles in one transaction: all of it or nothing. A profile may be listed once. */
export async function editProfiles(
  deps: Deps,
  author: Author,
  request: EditProfilesRequest,
): Promise<Result<Edited, EditProfilesRefusal>> {
  const requestId = request.requestId ?? deps.newRequestId();
  const attempt = () => attemptEdit(deps, author, { request: { ...request, requestId }, repeats: BESIDE_REPEATS });
  return request.profiles.some(({ base }) => base !== undefined) ? attempt() : retryConflicts(attempt);
}

type Attempt = { readonly request: EditProfilesRequest & { readonly requestId: string }; readonly repeats: number };

async function attemptEdit(
  deps: Deps,
  author: Author,
  { request, repeats }: Attempt,
): Promise<Result<Edited, EditProfilesRefusal>> {
  const prepared: Prepared[] = [];
  for (const editing of request.profiles) {
    const next = await prepare(deps, editing);
    if (!next.ok) return next;
    prepared.push(next.value);
  }
  const committed = await commitChange(deps, author, {
    requestId: request.requestId,
    writes: prepared.map(({ editing, current, after }) => ({
      kind: "profile",
      id: editing.profileId,
      base: editing.base ?? current.version,
      after,
      ...sidecarWrite(current.beside, after, editing.base?.sidecar),
    })),
    edits: prepared.map(({ editing }) => ({
      kind: "edit-profile",
      profileId: editing.profileId,
      edits: editing.edits,
    })),
  });
  if (committed.ok) return ok({ revision: committed.value.revision, profiles: prepared.map(({ after }) => after) });
  if (committed.error.kind !== "conflict") return err(committed.error);
  const unseen = request.profiles.filter(({ base }) => base?.sidecar === undefined);
  const ids = unseen.map(({ profileId }) => profileId);
  if (repeats > 0 && isBesideConflict(committed.error, ids))
    return attemptEdit(deps, author, { request, repeats: repeats - 1 });
  return err({ kind: "conflict", current: await newestOfStale(deps, prepared) });
}

/**
 * A stale base is not refused here but by the store's comparison: only the store knows whether this very request has
 * already taken effect, and then it is no conflict. What is written for a stale base does not matter.
 */
async function prepare(deps: Deps, editing: ProfileEditing): Promise<Result<Prepared, EditProfilesRefusal>> {
  const current = await readToEdit(deps, editing.profileId);
  if (current === undefined) {
    return editing.base === undefined
      ? err({ kind: "not-found", profileId: editing.profileId })
      : err({ kind: "conflict", current: undefined });
  }
  const isStale = editing.base !== undefined && !isSeen(editing.base, newestOf(current));
  let after = current.profile;
  for (const [index, edit] of editing.edits.entries()) {
    const next = applyEdit(after, edit);
    if (next.ok) after = next.value;
    else if (!isStale) return err({ kind: "edit-refused", profileId: editing.profileId, error: next.error, index });
  }
  return ok({ editing, current, after });
}

async function newestOfStale(deps: Deps, prepared: readonly Prepared[]): Promise<NewestProfile | undefined> {
  for (const { editing, current } of prepared) {
    const read = await readToEdit(deps, editing.profileId);
    const newest = read && newestOf(read);
    if (newest === undefined || !isSeen(editing.base ?? current.version, newest)) return newest;
  }
  return undefined;
}

function newestOf({ profile, version, beside }: ReadProfile): NewestProfile {
  return { profile, version: { ...version, sidecar: beside.modRevision } };
}

function isSeen(base: SeenProfileVersion, { version }: NewestProfile): boolean {
  const isBesideSeen = base.sidecar === undefined || base.sidecar === version.sidecar;
  return isBesideSeen && base.tags === version.tags && base.rules === version.rules;
}
