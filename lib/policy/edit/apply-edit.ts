import { editRules } from "#policy/edit/edit-rules.ts";
import { editSidecar, followEdit } from "#policy/edit/edit-sidecar.ts";
import { editTags } from "#policy/edit/edit-tags.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** An edit of a list that could not be applied, and which one it was (0-based place in the list of edits). */
export type EditsError = { readonly error: EditError; readonly index: number };

/**
 * The profile after one edit; rules and tags the edit is not about stay the same objects. A value stored invalid can
 * be replaced, not edited; editing rules that are missing creates them (ADR-001).
 */
export function applyEdit(profile: Profile, edit: ProfileEdit): Result<Profile, EditError> {
  switch (edit.kind) {
    case "insert-rule":
    case "remove-rule":
    case "remove-equal":
    case "replace-rule":
    case "move-rule":
    case "replace-rules":
      return withLeaf(editRules(profile.rules, edit), (value) => ({
        ...profile,
        rules: { kind: "valid", value },
        ...followEdit(profile, edit, value),
      }));
    case "add-tag":
    case "remove-tag":
    case "replace-tags":
      return withLeaf(editTags(profile.tags, edit), (value) => ({ ...profile, tags: { kind: "valid", value } }));
    case "park-rule":
    case "restore-rule":
    case "remove-parked":
    case "comment-rule":
    case "comment-parked":
    case "replace-sidecar":
      return editSidecar(profile, edit);
    default:
      return assertNever(edit);
  }
}

/** The profile after all edits, in order; at the first that cannot be applied nothing is changed. */
export function applyEdits(profile: Profile, edits: readonly ProfileEdit[]): Result<Profile, EditsError> {
  let edited = profile;
  for (const [index, edit] of edits.entries()) {
    const result = applyEdit(edited, edit);
    if (!result.ok) return err({ error: result.error, index });
    edited = result.value;
  }
  return ok(edited);
}

function withLeaf<T>(result: Result<T, EditError>, put: (value: T) => Profile): Result<Profile, EditError> {
  return result.ok ? ok(put(result.value)) : result;
}
