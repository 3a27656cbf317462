import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { draftedProfile, isSameProfile } from "#components/drafts/draft.ts";
import { readDrafts, writeDraft } from "#components/drafts/draft-store.ts";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import type { EditError } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";

/** Puts edits of one or several profiles into this browser's drafts, all of them or none. Nothing is saved. */
export function startDrafts(state: PolicyState, edits: readonly ScopedEdit[]): Result<readonly ProfileId[], EditError> {
  const ids = [...new Set(edits.map(({ profile }) => profile))];
  const drafts = [];
  for (const id of ids) {
    const before = readDrafts().get(id);
    const base = before?.base ?? seenProfile(state, id);
    if (base === undefined) return err({ kind: "rule-not-found" });
    const own = edits.filter(({ profile }) => profile === id).map(({ edit }) => edit);
    const draft = { base, edits: [...(before?.edits ?? []), ...own], requestId: newRequestId() };
    const drafted = draftedProfile(draft);
    if (!drafted.ok) return drafted;
    drafts.push({ id, draft: isSameProfile(drafted.value, base.profile) ? undefined : draft });
  }
  for (const { id, draft } of drafts) writeDraft(id, draft);
  return ok(ids);
}
