import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { rebaseEdits } from "#policy/edit/rebase-edits.ts";
import type { Draft, SeenProfile } from "./draft.ts";

/** The draft on the newest version, and the edits that no longer have a rule to be about. */
export type RebasedDraft = { readonly draft: Draft; readonly lost: readonly ProfileEdit[] };

/** Puts a draft on top of what is stored now. */
export function rebaseDraft(draft: Draft, onto: SeenProfile): RebasedDraft {
  const { edits, lost } = rebaseEdits(draft.base.profile, onto.profile, draft.edits);
  return { draft: { ...draft, base: onto, edits }, lost };
}
