"use client";

import { CircleX } from "lucide-react";
import { useId, useMemo } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { ChangedBanner, changedMeanwhile } from "../effect/changed-meanwhile.tsx";
import type { JudgedStepProps } from "../effect/effect-step.tsx";
import { ReachPreview } from "../effect/reach-preview.tsx";
import { versionsOf } from "../effect/use-import-effect.ts";
import { StepFooter } from "../frame/step-footer.tsx";
import { formatBytes } from "../source/format-bytes.ts";
import { byteLength, MAX_IMPORT_BYTES } from "../source/read-files.ts";
import { describeImportRefusal } from "./describe-import-refusal.ts";
import { ImportedProfiles } from "./imported-profiles.tsx";
import { useApply, useRehearsal } from "./use-apply.ts";

/** Step 4: a note for the journal, and the one button that writes. */
export function ApplyStep({ state, dispatch, onClose, effect, isCurrent }: JudgedStepProps) {
  const noteId = useId();
  const { sending, apply } = useApply({ state, effect, dispatch, onClose });
  const foreseen = useRehearsal(state, effect);
  const refusal = sending.kind === "refused" ? sending.refusal : foreseen;
  const { files } = state;
  const bytes = useMemo(() => files.reduce((sum, { text }) => sum + byteLength(text), 0), [files]);
  const isTooLarge = bytes > MAX_IMPORT_BYTES;
  const meanwhile = changedMeanwhile(state.seen, versionsOf(effect));
  const isStale = meanwhile.changed.length + meanwhile.removed.length > 0;
  const isNothing = effect.parts.every(({ isChanged }) => !isChanged);
  const look = () => dispatch({ kind: "went", step: "effect" });
  return (
    <>
      <div className="thin-scroll grid min-h-0 grow grid-rows-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_408px]">
        <div className="thin-scroll flex min-h-0 flex-col gap-4 overflow-y-auto bg-sunken p-[22px] max-md:p-4">
          {refusal === undefined ? null : (
            <Banner icon={CircleX} tone="deny" title={describeImportRefusal(refusal).title}>
              {describeImportRefusal(refusal).detail}
            </Banner>
          )}
          <ChangedBanner meanwhile={meanwhile} action={<Button onClick={look}>See the effect</Button>} />
          {isTooLarge ? (
            <Banner icon={CircleX} tone="deny" title={`Together the files are ${formatBytes(bytes)}`}>
              One import takes {formatBytes(MAX_IMPORT_BYTES)}. Remove a file and import it by itself.
            </Banner>
          ) : null}
          <ImportedProfiles parts={effect.parts} files={state.files} />
          <div className="max-w-[640px]">
            <label htmlFor={noteId} className="mb-1 block text-small font-[550] text-ink-2">
              Note, for whoever reads the journal
            </label>
            <textarea
              id={noteId}
              rows={4}
              maxLength={2_000}
              value={state.note}
              onChange={(event) => dispatch({ kind: "noted", text: event.target.value })}
              className="w-full resize-none rounded-control border border-control-line bg-raised px-2.5 py-2 outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint"
            />
          </div>
        </div>
        <div className="grid min-h-0 max-lg:hidden">
          <ReachPreview effect={effect} />
        </div>
      </div>
      <StepFooter
        said={
          isNothing
            ? "Everything is as the file says already: there is nothing to write."
            : `One revision for ${namesOf(effect.parts)}: all of it is written, or nothing.`
        }
      >
        <Button look="plain" onClick={look}>
          Back
        </Button>
        <Button
          look="primary"
          data-onward
          aria-keyshortcuts="Control+Enter"
          disabled={
            sending.kind === "sending" || foreseen !== undefined || isTooLarge || isStale || isNothing || !isCurrent
          }
          onClick={() => void apply()}
        >
          {sending.kind === "sending" ? "Applying" : `Apply · ${effectWords(effect.reach)}`}
          <span aria-hidden="true" className="max-sm:hidden">
            <KeyCap onPrimary>⌘↵</KeyCap>
          </span>
        </Button>
      </StepFooter>
    </>
  );
}

const FIRST_NAMES = 4;

function namesOf(parts: JudgedStepProps["effect"]["parts"]): string {
  const names = parts.map(({ profileId }) => profileId);
  if (names.length <= FIRST_NAMES) return names.join(", ");
  return `${names.slice(0, FIRST_NAMES).join(", ")} and ${names.length - FIRST_NAMES} more`;
}
