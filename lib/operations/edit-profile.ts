import type { Author, Deps } from "#operations/deps.ts";
import { type EditProfilesRefusal, editProfiles, type ProfileEditing } from "#operations/edit-profiles.ts";
import type { Profile } from "#policy/profile.ts";
import { err, ok, type Result } from "#prelude/result.ts";

export type EditProfileRequest = ProfileEditing & { readonly requestId?: string };

export type EditedProfile = { readonly revision: number; readonly profile: Profile };

/**
 * Applies edits to one profile, in order, in one transaction. With `base` a value that is newer answers `conflict`;
 * without it the edits are applied to the newest value.
 */
export async function editProfile(
  deps: Deps,
  author: Author,
  request: EditProfileRequest,
): Promise<Result<EditedProfile, EditProfilesRefusal>> {
  const edited = await editProfiles(deps, author, {
    profiles: [request],
    ...(request.requestId === undefined ? {} : { requestId: request.requestId }),
  });
  if (!edited.ok) return edited;
  const [profile] = edited.value.profiles;
  if (profile === undefined) return err({ kind: "not-found", profileId: request.profileId });
  return ok({ revision: edited.value.revision, profile });
}
