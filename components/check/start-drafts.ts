import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { type Draft, isSettled } from "#components/drafts/draft.ts";
import { newestDraft, writeDraft } from "#components/drafts/draft-store.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { withStep } from "#components/drafts/store/draft-history.ts";
import type { EditError } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";

/** Puts edits of one or several profiles into this browser's drafts, all of them or none. Nothing is saved. */
export function startDrafts(state: PolicyState, edits: readonly ScopedEdit[]): Result<readonly ProfileId[], EditError> {
  const ids = [...new Set(edits.map(({ profile }) => profile))];
  const drafts: { readonly id: ProfileId; readonly draft: Draft }[] = [];
  for (const id of ids) {
    const live = seenProfile(state, id);
    const kept = newestDraft(id);
    const before = kept === undefined || isSettled(live, kept) ? undefined : kept;
    const base = before?.base ?? live;
    if (base === undefined) return err({ kind: "rule-not-found" });
    const own = edits.filter(({ profile }) => profile === id).map(({ edit }) => edit);
    const draft = withStep(before, base, { edits: own });
    if (!draft.ok) return draft;
    drafts.push({ id, draft: draft.value });
  }
  for (const { id, draft } of drafts) writeDraft(id, draft);
  return ok(ids);
}
