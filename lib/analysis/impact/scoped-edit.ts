import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** An edit and the profile it is about: plain JSON, as a draft of several profiles holds them. */
export type ScopedEdit = { readonly profile: ProfileId; readonly edit: ProfileEdit };

/** Which edit could not be applied (0-based), and why. */
export type ScopedEditError =
  | { readonly kind: "edited-profile-unknown"; readonly index: number; readonly profile: ProfileId }
  | { readonly kind: "edit-refused"; readonly index: number; readonly profile: ProfileId; readonly error: EditError };

/** The snapshot after all edits, in order; what they are not about stays the same objects. */
export function applyScopedEdits(snapshot: Snapshot, edits: readonly ScopedEdit[]): Result<Snapshot, ScopedEditError> {
  const edited = new Map<ProfileId, Profile>();
  for (const [index, { profile, edit }] of edits.entries()) {
    const before = edited.get(profile) ?? snapshot.profiles.get(profile);
    if (before === undefined) return err({ kind: "edited-profile-unknown", index, profile });
    const after = applyEdit(before, edit);
    if (!after.ok) return err({ kind: "edit-refused", index, profile, error: after.error });
    edited.set(profile, after.value);
  }
  return ok(withProfiles(snapshot, edited));
}

/** The snapshot with these profiles in place of the stored ones of the same id; their order stays. */
export function withProfiles(snapshot: Snapshot, changed: ReadonlyMap<ProfileId, Profile>): Snapshot {
  if (changed.size === 0) return snapshot;
  const profiles = new Map(snapshot.profiles);
  for (const [id, profile] of changed) profiles.set(id, profile);
  return { ...snapshot, profiles };
}
