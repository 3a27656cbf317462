import type { Deps } from "#operations/deps.ts";
import type { WriteRefusal } from "#operations/transaction/commit-change.ts";
import { profileSidecarKey } from "#policy/layout/policy-key.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyWrite, VersionedProfile, VersionedSidecar } from "#store/policy-store.ts";

/** A profile with what is beside it, and the versions of both. */
export type ReadProfile = VersionedProfile & { readonly beside: VersionedSidecar };

/** Reads a profile to edit it: its comments and parked rules follow its rules. `undefined` when there is no profile. */
export async function readToEdit(deps: Deps, id: ProfileId): Promise<ReadProfile | undefined> {
  const current = await deps.store.readProfile(id);
  if (current === undefined) return undefined;
  const beside = await deps.store.readSidecar(id);
  return { ...current, profile: { ...current.profile, sidecar: beside.sidecar }, beside };
}

/**
 * What a write of the edited profile says about the sidecar: nothing where it did not change. `seen` is the revision of
 * it that a person saw: then it is compared whatever was edited.
 */
export function sidecarWrite(
  beside: VersionedSidecar,
  after: Profile | undefined,
  seen?: number,
): Pick<Extract<PolicyWrite, { kind: "profile" }>, "sidecarBase"> {
  if (seen !== undefined) return { sidecarBase: seen };
  const isUntouched = after === undefined ? beside.modRevision === 0 : after.sidecar === beside.sidecar;
  return isUntouched ? {} : { sidecarBase: beside.modRevision };
}

/** Edits are done again this often when only what is beside the profiles changed; then it is a conflict like any other. */
export const BESIDE_REPEATS = 8;

/**
 * True when only what is beside profiles changed in between. Nobody saw a version of that: the same edits are done again
 * on what is there now.
 */
export function isBesideConflict(refusal: WriteRefusal, ids: readonly ProfileId[]): boolean {
  if (refusal.kind !== "conflict") return false;
  const beside = new Set(ids.map(profileSidecarKey));
  return refusal.keys.length > 0 && refusal.keys.every((key) => beside.has(key));
}
