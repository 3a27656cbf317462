import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useToast } from "#components/ui/toast.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { type PolicyState, policyStateKey } from "#web/queries/policy-state.ts";
import type { Draft } from "./draft.ts";
import type { Merging } from "./merge/use-merging.ts";
import { settleWhenSeen } from "./settle-saved.ts";

export type SaveDraft = { readonly isSaving: boolean; readonly save: (draft: Draft) => void };

type SavingOptions = { readonly mergeOnto: Merging["mergeOnto"]; readonly onToDecide: () => void };

/**
 * Saves a draft on the version it was made on. Where someone else was quicker the draft is put on top of that and saved
 * in the same breath, but only if it opens and closes what the button said; whatever happens, it is kept until it is stored.
 */
export function useSaveDraft(id: ProfileId, { mergeOnto, onToDecide }: SavingOptions): SaveDraft {
  const say = useToast();
  const client = useQueryClient();
  /** A save can be taken back by another. */
  const again = useRef<(draft: Draft) => void>(undefined);
  const { mutate, isPending } = useMutation({
    scope: { id },
    async mutationFn(draft: Draft) {
      const { sendDraft } = await import("./send-draft.ts");
      const snapshot = () => client.getQueryData<PolicyState>(policyStateKey)?.snapshot;
      return sendDraft(draft, { id, mergeOnto, snapshot });
    },
    async onSuccess({ answer, saved, isToDecide, done }, asked) {
      if (answer.ok && done) {
        const { revision } = answer.value;
        const { stored, rest } = done;
        settleWhenSeen(id, { revision, rest });
        const takeBack = async () => {
          const { undoSaved } = await import("./merge/undo-saved.ts");
          const opposite = undoSaved(saved, stored);
          if (opposite) again.current?.(opposite);
          else say({ title: `Rev ${revision} taken back in your draft`, detail: "Not saved yet." });
        };
        const merged = saved === asked ? "" : ", merged with what someone else saved";
        return say({
          title: `Saved as rev ${revision}`,
          detail: `${id}, ${countEdits(saved.edits.length)}${merged}`,
          action: { label: "Undo", run: () => void takeBack() },
        });
      }
      if (isToDecide) return onToDecide();
      // It was merged, or the profile is gone; both are said where they are seen.
      if (answer.ok || answer.error.kind === "conflict") return;
      const { describeRefusal } = await import("#components/refusal/describe-refusal.ts");
      const detail = `${describeRefusal(answer.error)} Your draft is kept.`;
      say({ tone: "refused", title: `${id} was not saved`, detail });
    },
    onError() {
      say({ tone: "refused", title: `${id} was not saved`, detail: "The board did not answer. Your draft is kept." });
    },
  });
  useEffect(() => {
    again.current = mutate;
  }, [mutate]);
  return { isSaving: isPending, save: mutate };
}

/** `1 edit`, `3 edits`. */
export function countEdits(count: number): string {
  return count === 1 ? "1 edit" : `${count} edits`;
}
