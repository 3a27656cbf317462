"use client";

import { GitCommitHorizontal } from "lucide-react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { FileTabs } from "../frame/file-tabs.tsx";
import { StepFooter } from "../frame/step-footer.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { ChangePreview } from "./change-preview.tsx";
import { ReachPreview } from "./reach-preview.tsx";
import { useImportEffect } from "./use-import-effect.ts";

/** Step 3: what the file changes at the left, who can reach whom because of it at the right. */
export function EffectStep({ state, dispatch }: StepProps) {
  const effect = useImportEffect(state);
  const shown = effect?.files.find(({ file }) => file.key === state.selectedKey) ?? effect?.files[0];
  if (effect === undefined || shown === undefined) return null;
  return (
    <>
      <FileTabs
        files={state.files}
        openedFor={state.openedFor}
        selectedKey={shown.file.key}
        onSelect={(key) => dispatch({ kind: "selected", key })}
      />
      <div className="thin-scroll grid min-h-0 grow auto-rows-min overflow-y-auto max-lg:bg-sunken lg:grid-cols-[minmax(0,1fr)_408px] lg:grid-rows-[minmax(0,1fr)] lg:overflow-hidden">
        <ChangePreview
          effect={shown}
          onMode={(direction, mode) => dispatch({ kind: "mode-chosen", key: shown.file.key, direction, mode })}
        />
        <ReachPreview reach={effect.reach} />
      </div>
      <StepFooter
        said={
          <>
            <Icon of={GitCommitHorizontal} size={14} className="text-ink-3" />
            One revision, on top of rev {effect.revision}. Nothing is written until you apply.
          </>
        }
      >
        <Button look="plain" onClick={() => dispatch({ kind: "went", step: "problems" })}>
          Back
        </Button>
        <Button
          look="primary"
          disabled={effect.files.some(({ isUnreadable }) => isUnreadable)}
          onClick={() => dispatch({ kind: "went", step: "apply" })}
        >
          Continue · {effectWords(effect.reach)}
        </Button>
      </StepFooter>
    </>
  );
}
