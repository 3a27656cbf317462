import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ProfileView, SeenProfile } from "#components/drafts/draft.ts";
import { askEffect } from "#components/drafts/effect/ask-effect.ts";
import { effectSentence } from "#components/drafts/effect/effect-sentence.ts";
import type { MergeAttempt } from "#components/drafts/merge/attempt-merge.ts";
import { useMerging } from "#components/drafts/merge/use-merging.ts";
import { useDraft } from "#components/drafts/use-draft.ts";
import { useSaveDraft } from "#components/drafts/use-save-draft.ts";
import type { ChangeNote, RuleListActions, RuleTarget } from "#components/rules/rule-list-context.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";
import { type PolicyState, policyStateKey } from "#web/queries/policy-state.ts";

/** The one dialog a profile may have open. */
export type DeskDialog =
  | { readonly kind: "rule"; readonly direction: Direction; readonly target: RuleTarget }
  | { readonly kind: "tags" }
  | { readonly kind: "review" }
  | { readonly kind: "remove" }
  | { readonly kind: "stored-text" }
  | { readonly kind: "conflict" };

/** One profile at work: what it shows, what can be done to it, and which of its dialogs is open. */
export type ProfileDesk = {
  readonly id: ProfileId;
  readonly view: ProfileView | undefined;
  /** What is to be decided before the draft can be saved: someone else saved something else about the same rules. */
  readonly attempt: MergeAttempt | undefined;
  readonly root: RefObject<HTMLElement | null>;
  readonly actions: RuleListActions;
  readonly isSaving: boolean;
  readonly dialog: DeskDialog | undefined;
  readonly open: (dialog: DeskDialog | undefined) => void;
  readonly save: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes the last step back. */
  readonly undo: () => void;
  readonly redo: () => void;
  /** Takes the whole draft back; the message offers to bring it again. */
  readonly discard: () => void;
  /** Replaces the draft, as after a conflict. */
  readonly setDraft: ReturnType<typeof useDraft>["setDraft"];
};

type DeskOptions = {
  readonly live: SeenProfile | undefined;
  readonly density: RuleListActions["density"];
  readonly isTabStop: boolean;
};

/** Sets up the desk of one profile. */
export function useProfileDesk(id: ProfileId, { live, density, isTabStop }: DeskOptions): ProfileDesk {
  const say = useToast();
  const root = useRef<HTMLElement>(null);
  const { view, canUndo, canRedo, change: edit, undo, redo, reset, setDraft } = useDraft(id, live);
  const [dialog, open] = useState<DeskDialog>();
  const refocus = useFocusAfterChange(root);
  const seeMerge = useCallback(() => open({ kind: "review" }), []);
  const { attempt, mergeOnto } = useMerging(id, view, seeMerge);
  const { isSaving, save: saveDraft } = useSaveDraft(id, { mergeOnto, onToDecide: () => open({ kind: "conflict" }) });

  const tell = useTellChange(undo);
  // Hundreds of rows hold these actions; they must not change with every edit.
  const latest = useRef({ edit, before: view?.profile });
  useEffect(() => {
    latest.current = { edit, before: view?.profile };
  });
  const change = useCallback(
    (edits: ProfileEdit | readonly ProfileEdit[], note?: ChangeNote) => {
      const done = latest.current.edit(edits, note?.series);
      if (!done.ok) void refuse(say, done.error);
      else {
        if (note?.focus) refocus(note.focus);
        if (note && !note.isQuiet) void tell(note, latest.current.before, done.value.profile);
      }
      return done.ok;
    },
    [refocus, say, tell],
  );
  const actions = useMemo(
    (): RuleListActions => ({
      profileId: id,
      density,
      isTabStop,
      change,
      openRule: (direction, target) => open({ kind: "rule", direction, target }),
    }),
    [id, density, isTabStop, change],
  );
  const save = () => {
    if (view?.draft === undefined || isSaving) return;
    if (attempt !== undefined) open({ kind: "conflict" });
    else if (!view.isStale) saveDraft(view.draft);
  };
  const discard = () => {
    const before = view?.draft;
    reset();
    if (before === undefined) return;
    say({ title: `Draft of ${id} discarded`, action: { label: "Undo", run: () => setDraft(before) } });
  };
  return {
    id,
    view,
    attempt,
    root,
    actions,
    isSaving,
    dialog,
    open,
    save,
    canUndo,
    canRedo,
    undo,
    redo,
    discard,
    setDraft,
  };
}

/** Wording is read when something is refused: most sessions never need it. */
async function refuse(say: ReturnType<typeof useToast>, error: EditError): Promise<void> {
  const { describeEditError } = await import("#policy/edit/describe-edit.ts");
  say({ tone: "refused", title: "Not changed", detail: describeEditError(error) });
}

/** How long a message waits for the judge, so that it can say the effect in the same breath. */
const JUDGE_MS = 300;

/** Says what was changed, with what it opens or closes when that is known in time, and offers to take it back. */
function useTellChange(undo: () => void) {
  const say = useToast();
  const client = useQueryClient();
  const latest = useRef<ChangeNote>(undefined);
  return useCallback(
    async (note: ChangeNote, before: Profile | undefined, after: Profile) => {
      latest.current = note;
      const snapshot = client.getQueryData<PolicyState>(policyStateKey)?.snapshot;
      const asked = snapshot && before ? askEffect(snapshot, before, after) : undefined;
      const effect = await Promise.race([asked, new Promise<undefined>((resolve) => setTimeout(resolve, JUDGE_MS))]);
      // Keys may be quicker than the judge: only the last change is told.
      if (latest.current !== note) return;
      const detail = [note.detail, effect && effectSentence(effect)].filter((part) => part !== undefined).join(". ");
      say({ title: note.title, action: { label: "Undo", run: undo }, ...(detail === "" ? {} : { detail }) });
    },
    [say, client, undo],
  );
}

type FocusPlace = NonNullable<ChangeNote["focus"]>;

/** Puts the keyboard on the rule that was changed, once it stands at its new place. */
function useFocusAfterChange(root: RefObject<HTMLElement | null>): (place: FocusPlace) => void {
  const [wanted, setWanted] = useState<FocusPlace>();
  useEffect(() => {
    if (wanted === undefined) return;
    const selector = `[data-direction="${wanted.direction}"] [data-rule="${wanted.position}"] [data-row-button]`;
    const button = root.current?.querySelector<HTMLElement>(selector);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: "nearest" });
  }, [wanted, root]);
  // A new object each time: the same place twice is two wishes.
  return useCallback((place: FocusPlace) => setWanted({ ...place }), []);
}
