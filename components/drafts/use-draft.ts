import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { type Draft, type DraftStep, isSettled, type ProfileView, profileView, type SeenProfile } from "./draft.ts";
import {
  type Drafts,
  joinDraft,
  type Keeping,
  newestDraft,
  noDrafts,
  readDrafts,
  readKeeping,
  shownDraft,
  subscribeDrafts,
  writeDraft,
} from "./draft-store.ts";
import { nextName, redoStep, undoAll, undoStep, withStep } from "./store/draft-history.ts";

/** All drafts of this browser that have something to save. */
export function useDrafts(): Drafts {
  return useSyncExternalStore(subscribeDrafts, readDrafts, noDrafts);
}

/** Whether drafts outlive this page. */
export function useKeeping(): Keeping {
  return useSyncExternalStore(subscribeDrafts, readKeeping, () => "kept");
}

/** One profile with its draft, and how to change the draft. All functions stay the same while the draft changes. */
export type DraftEditor = {
  readonly view: ProfileView | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** One step of edits, or which of them cannot be applied; then nothing changed. */
  readonly change: (edits: ProfileEdit | readonly ProfileEdit[], series?: string) => Result<ProfileView, EditError>;
  /** Takes the last step back. */
  readonly undo: () => void;
  /** Does again what was taken back last. */
  readonly redo: () => void;
  /** Takes everything back; redo brings it again. */
  readonly reset: () => void;
  /** Puts another draft in place of this one, as after a merge. */
  readonly setDraft: (draft: Draft) => void;
};

/** One profile with its draft, kept in this browser and shared by its tabs. */
export function useDraft(id: ProfileId, live: SeenProfile | undefined): DraftEditor {
  const draft = useSyncExternalStore(
    subscribeDrafts,
    () => shownDraft(id),
    () => undefined,
  );
  const view = useMemo(() => profileView(live, draft), [live, draft]);
  useForgetSettled(id, live, draft);
  const change = useCallback(
    (edits: ProfileEdit | readonly ProfileEdit[], series?: string) => {
      const list = "kind" in edits ? [edits] : edits;
      return addStep(id, live, { edits: list, ...(series === undefined ? {} : { series }) });
    },
    [id, live],
  );
  const rewrite = useCallback(
    (next: (draft: Draft) => Draft) => {
      const current = newestDraft(id);
      const changed = current && next(current);
      if (changed !== current) writeDraft(id, changed);
    },
    [id],
  );
  const steps = useMemo(
    () => ({
      undo: () => rewrite(undoStep),
      redo: () => rewrite(redoStep),
      reset: () => rewrite(undoAll),
      setDraft: (next: Draft) => writeDraft(id, { ...next, ...nextName(newestDraft(id) ?? next) }),
    }),
    [id, rewrite],
  );
  const canUndo = draft !== undefined && draft.steps.length > 0;
  const canRedo = draft !== undefined && draft.undone.length > 0;
  return { view, canUndo, canRedo, change, ...steps };
}

/** One step of edits on top of what is drafted, from where no profile is on screen; nothing changes when it cannot be applied. */
export function addStep(id: ProfileId, live: SeenProfile | undefined, step: DraftStep): Result<ProfileView, EditError> {
  // Positions are those of what is shown: a tab that was quicker in this very moment has other ones.
  const shown = shownDraft(id);
  const newest = newestDraft(id);
  const before = shown === undefined || isSettled(live, shown) ? undefined : shown;
  const base = before?.base ?? live;
  if (base === undefined) return err({ kind: "rule-not-found" });
  const draft = withStep(before, base, step);
  if (!draft.ok) return draft;
  if (newest === shown || newest === undefined || isSettled(live, newest)) writeDraft(id, draft.value);
  else joinDraft(id, draft.value, newest);
  return ok(profileView(live, draft.value) ?? { profile: draft.value.profile, isStale: false });
}

/** A draft that has become what is stored is forgotten. */
function useForgetSettled(id: ProfileId, live: SeenProfile | undefined, draft: Draft | undefined): void {
  const isOver = draft !== undefined && isSettled(live, draft);
  useEffect(() => {
    if (isOver) writeDraft(id, undefined);
  }, [id, isOver]);
}
