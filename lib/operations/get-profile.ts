import type { Deps } from "#operations/deps.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { VersionedProfile } from "#store/policy-store.ts";

/** No profile has this id: neither of its keys exists. */
export type ProfileNotFound = { readonly kind: "not-found"; readonly profileId: ProfileId };

/** One profile as it is stored now, with the version a later save compares. */
export async function getProfile(deps: Deps, id: ProfileId): Promise<Result<VersionedProfile, ProfileNotFound>> {
  const current = await deps.store.readProfile(id);
  return current === undefined ? err({ kind: "not-found", profileId: id }) : ok(current);
}
