"use client";

import { type KeyboardEvent, useMemo } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import type { Draft } from "../draft.ts";
import { useEffectOf } from "../effect/use-effect-of.ts";
import type { MergeAttempt } from "./attempt-merge.ts";
import { ConflictChoice } from "./conflict-choice.tsx";
import { changedWords, finishMerge } from "./finish-merge.ts";
import { useConflictChoices } from "./use-conflict-choices.ts";

type ConflictDialogProps = {
  readonly attempt: MergeAttempt;
  readonly onMerged: (draft: Draft) => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
};

/** What two people did to the same rules, one by one; each way to end it with its effect, the narrowest chosen. */
export function ConflictDialog({ attempt, onMerged, onDiscard, onClose }: ConflictDialogProps) {
  const { draft, onto, merge, settled, open } = attempt;
  const { choices, choose, effectOf } = useConflictChoices(attempt);
  const isDecided = open.every(({ id }) => choices.has(id));
  const after = useMemo(() => resolveMerge(merge, new Map([...settled, ...choices])), [merge, settled, choices]);
  const together = useEffectOf(onto.profile, after);
  const count = open.length === 1 ? "1 thing" : `${open.length} things`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={`${count} to decide in ${onto.profile.id}`}
      description={`Someone changed ${changedWords(draft, onto)} while you edited. Everything else is merged; your draft is kept until you decide.`}
      footer={
        <>
          <span className="me-auto text-small text-ink-2" aria-live="polite">
            {isDecided && together ? `Together: ${effectWords(together)}` : ""}
          </span>
          <Button look="plain" onClick={onClose}>
            Decide later
          </Button>
          <Button onClick={onDiscard}>Take theirs, discard mine</Button>
          <Button look="primary" disabled={!isDecided} onClick={() => onMerged(finishMerge(attempt, choices))}>
            Merge
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys choose among the options inside. */}
      <div className="flex flex-col gap-5 py-1" onKeyDown={pressNumber}>
        {open.map((conflict, index) => (
          <ConflictChoice
            key={conflict.id}
            conflict={conflict}
            isFirst={index === 0}
            chosen={choices.get(conflict.id)}
            choose={(choice) => choose(conflict.id, choice)}
            effectOf={(kind) => effectOf(conflict.id, kind)}
          />
        ))}
      </div>
    </Dialog>
  );
}

/** 1, 2, 3 choose in the conflict that has the keyboard; the last one goes to the field for another rule. */
function pressNumber(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  if (event.target.matches("input:not([type=radio]), textarea")) return;
  const conflict = event.target.closest("[data-conflict]") ?? event.currentTarget.querySelector("[data-conflict]");
  const option = conflict?.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!option) return;
  event.preventDefault();
  option.focus();
  option.click();
}
