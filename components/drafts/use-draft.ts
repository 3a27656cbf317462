import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { type Draft, draftedProfile, isSameProfile, type ProfileView, profileView, type SeenProfile } from "./draft.ts";
import { type Drafts, noDrafts, readDrafts, subscribeDrafts, writeDraft } from "./draft-store.ts";
import { newRequestId } from "./new-request-id.ts";

/** All drafts of this browser. */
export function useDrafts(): Drafts {
  return useSyncExternalStore(subscribeDrafts, readDrafts, noDrafts);
}

export type DraftEditor = {
  readonly view: ProfileView | undefined;
  /** Adds edits to the draft, or says which cannot be applied; then nothing changed. */
  readonly edit: (edits: readonly ProfileEdit[]) => Result<ProfileView, EditError>;
  /** Takes the last edit back. */
  readonly undo: () => void;
  readonly discard: () => void;
  readonly setDraft: (draft: Draft) => void;
};

/** One profile with its draft, and how to change the draft. */
export function useDraft(id: ProfileId, live: SeenProfile | undefined): DraftEditor {
  const draft = useSyncExternalStore(
    subscribeDrafts,
    () => readDrafts().get(id),
    () => undefined,
  );
  const view = useMemo(() => profileView(live, draft), [live, draft]);
  useForgetSettledDraft(id, draft !== undefined && view !== undefined && view.draft === undefined);
  const edit = useCallback(
    (edits: readonly ProfileEdit[]) => addEdits(id, readDrafts().get(id), { live, edits }),
    [id, live],
  );
  const undo = useCallback(() => {
    const current = readDrafts().get(id);
    if (current !== undefined)
      writeDraft(id, { ...current, edits: current.edits.slice(0, -1), requestId: newRequestId() });
  }, [id]);
  const discard = useCallback(() => writeDraft(id, undefined), [id]);
  const setDraft = useCallback((next: Draft) => writeDraft(id, { ...next, requestId: newRequestId() }), [id]);
  return { view, edit, undo, discard, setDraft };
}

type Adding = { readonly live: SeenProfile | undefined; readonly edits: readonly ProfileEdit[] };

function addEdits(id: ProfileId, before: Draft | undefined, { live, edits }: Adding): Result<ProfileView, EditError> {
  const base = before?.base ?? live;
  if (base === undefined) return err({ kind: "rule-not-found" });
  const draft: Draft = { base, edits: [...(before?.edits ?? []), ...edits], requestId: newRequestId() };
  const drafted = draftedProfile(draft);
  if (!drafted.ok) return drafted;
  // Edits that lead back to where they began are no draft.
  writeDraft(id, isSameProfile(drafted.value, base.profile) ? undefined : draft);
  return ok(profileView(live, draft) ?? { profile: drafted.value, isStale: false });
}

/** A draft that has become what is stored is forgotten. */
function useForgetSettledDraft(id: ProfileId, isSettled: boolean): void {
  useEffect(() => {
    if (isSettled) writeDraft(id, undefined);
  }, [id, isSettled]);
}
