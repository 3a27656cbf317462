import { useMutation } from "@tanstack/react-query";
import { useToast } from "#components/ui/toast.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { editProfileAction } from "#web/actions/edit-profile.ts";
import type { Draft, SeenProfile } from "./draft.ts";
import { settleWhenSeen } from "./settle-saved.ts";
import { afterSave } from "./store/draft-history.ts";
import { storedAfter } from "./store/stored-after.ts";

export type SaveDraft = { readonly isSaving: boolean; readonly save: (draft: Draft) => void };

/**
 * Saves a draft on the version it was made on. A newer version answers `onConflict` with what is stored now (nothing
 * when the profile was removed); whatever happens, the draft is kept until it is stored.
 */
export function useSaveDraft(id: ProfileId, onConflict: (newest: SeenProfile | undefined) => void): SaveDraft {
  const say = useToast();
  const { mutate, isPending } = useMutation({
    scope: { id },
    mutationFn: (draft: Draft) =>
      editProfileAction({ profileId: id, edits: draft.edits, base: draft.base.version, requestId: draft.requestId }),
    async onSuccess(answer, draft) {
      if (answer.ok) {
        const { revision } = answer.value;
        settleWhenSeen(id, { revision, rest: (now) => afterSave(draft, now, storedAfter(draft.base, answer.value)) });
        return say({ title: `Saved as rev ${revision}`, detail: `${id}, ${countEdits(draft.edits.length)}` });
      }
      if (answer.error.kind === "conflict") return onConflict(answer.error.current);
      const { describeRefusal } = await import("#components/refusal/describe-refusal.ts");
      return say({
        tone: "refused",
        title: `${id} was not saved`,
        detail: `${describeRefusal(answer.error)} Your draft is kept.`,
      });
    },
    onError() {
      say({ tone: "refused", title: `${id} was not saved`, detail: "The board did not answer. Your draft is kept." });
    },
  });
  return { isSaving: isPending, save: mutate };
}

/** `1 edit`, `3 edits`. */
export function countEdits(count: number): string {
  return count === 1 ? "1 edit" : `${count} edits`;
}
