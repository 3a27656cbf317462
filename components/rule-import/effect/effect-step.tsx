"use client";

import { GitCommitHorizontal } from "lucide-react";
import { useEffect } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { FileTabs } from "../frame/file-tabs.tsx";
import { KeepButton } from "../frame/keep-button.tsx";
import { StepFooter } from "../frame/step-footer.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { choiceOf } from "../import-state.ts";
import { firstOpenStep } from "../planned-parts.ts";
import { ChangePreview } from "./change-preview.tsx";
import { ChangedBanner, changedMeanwhile } from "./changed-meanwhile.tsx";
import { LeftOutPart } from "./left-out-part.tsx";
import { ReachPreview } from "./reach-preview.tsx";
import { type ToldEffect, versionsOf } from "./use-import-effect.ts";

export type JudgedStepProps = StepProps & { readonly effect: ToldEffect; readonly isCurrent: boolean };

/** Step 3: what the file changes at the left, who can reach whom because of it at the right. */
export function EffectStep({ state, dispatch, onClose, effect, isCurrent }: JudgedStepProps) {
  const { selected, seen, files } = state;
  const versions = versionsOf(effect);
  const isFirstLook = seen.size === 0 && isCurrent;
  useEffect(() => {
    if (isFirstLook) dispatch({ kind: "saw", versions: versionsOf(effect) });
  }, [isFirstLook, effect, dispatch]);
  const file = files.find(({ key }) => key === selected?.key) ?? files[0];
  const shown = effect.parts.find(({ key, part }) => key === selected?.key && part === selected.part);
  const isLeftOut = file !== undefined && selected !== undefined && choiceOf(file, selected.part).isLeftOut;
  const preview = isLeftOut ? undefined : (shown ?? effect.parts[0]);
  const previewed = files.find(({ key }) => key === preview?.key);
  const isReady =
    isCurrent && firstOpenStep(state) === "effect" && !effect.parts.some(({ isUnreadable }) => isUnreadable);
  const goOn = () => {
    dispatch({ kind: "saw", versions });
    dispatch({ kind: "went", step: "apply" });
  };
  return (
    <>
      <FileTabs
        state={state}
        ofParts
        quiet={quietPlaces(effect)}
        onSelect={(place) => dispatch({ kind: "selected", place })}
      />
      <div className="px-[18px] pt-3 empty:hidden">
        <ChangedBanner meanwhile={changedMeanwhile(seen, versions)} />
      </div>
      <div className="thin-scroll grid min-h-0 grow auto-rows-min grid-cols-[minmax(0,1fr)] overflow-y-auto max-lg:bg-sunken lg:grid-cols-[minmax(0,1fr)_408px] lg:grid-rows-[minmax(0,1fr)] lg:overflow-hidden">
        {preview === undefined || previewed === undefined ? (
          <LeftOutPart {...{ state, dispatch }} />
        ) : (
          <ChangePreview
            effect={preview}
            file={previewed}
            isOneOfSeveral={effect.parts.length > 1}
            dispatch={dispatch}
          />
        )}
        <ReachPreview effect={effect} />
      </div>
      <StepFooter
        said={
          <>
            <Icon of={GitCommitHorizontal} size={14} className="text-ink-3 max-sm:hidden" />
            One revision, on top of rev {effect.policy.snapshot.revision}. Nothing is written until you apply.
          </>
        }
      >
        <Button look="plain" onClick={() => dispatch({ kind: "went", step: "problems" })}>
          Back
        </Button>
        <KeepButton onClose={onClose} />
        <Button look="primary" data-onward aria-keyshortcuts="Control+Enter" disabled={!isReady} onClick={goOn}>
          Continue · {effectWords(effect.reach)}
          <span aria-hidden="true" className="max-sm:hidden">
            <KeyCap onPrimary>⌘↵</KeyCap>
          </span>
        </Button>
      </StepFooter>
    </>
  );
}

/** Profiles of the files that are as the files say already. */
function quietPlaces({ parts }: ToldEffect): ReadonlySet<string> {
  return new Set(parts.flatMap(({ key, part, isChanged }) => (isChanged ? [] : [`${key} ${part}`])));
}
