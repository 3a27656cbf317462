import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { rebaseEdits } from "#policy/edit/rebase-edits.ts";
import type { Draft, SeenProfile } from "./draft.ts";
import { draftOf, nextName } from "./store/draft-history.ts";

/** The draft on the newest version, and the edits that no longer have a rule to be about. */
export type RebasedDraft = { readonly draft: Draft; readonly lost: readonly ProfileEdit[] };

/** Puts a draft on top of what is stored now. */
export function rebaseDraft(draft: Draft, onto: SeenProfile): RebasedDraft {
  const { edits, lost } = rebaseEdits(draft.base.profile, onto.profile, draft.edits);
  const rebased = draftOf({ base: onto, settled: [], steps: [{ edits }], undone: [] }, nextName(draft));
  if (!rebased.ok) throw new Error(`rebased edits cannot be applied: ${rebased.error.kind}`);
  return { draft: rebased.value, lost };
}
