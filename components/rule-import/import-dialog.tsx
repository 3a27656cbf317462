"use client";

import { FileJson2, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { KeyboardEvent, RefObject } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { EffectAndApply } from "./effect/effect-and-apply.tsx";
import { FileName } from "./frame/file-name.tsx";
import { ImportSteps } from "./frame/import-steps.tsx";
import type { StepProps } from "./frame/step-props.ts";
import type { ImportFile } from "./import-state.ts";
import { ProblemsStep } from "./problems/problems-step.tsx";
import { formatBytes } from "./source/format-bytes.ts";
import { SourceStep } from "./source/source-step.tsx";
import type { Reading } from "./source/use-reading.ts";

export type ImportDialogProps = StepProps & {
  readonly isOpen: boolean;
  readonly opener: RefObject<Element | null>;
  readonly reading: Reading;
};

/** Four steps from a file to a revision. Esc closes and keeps everything; focus returns to what opened it. */
export function ImportDialog({ isOpen, onClose, opener, state, dispatch, reading }: ImportDialogProps) {
  const step = { state, dispatch, onClose };
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={goOnward}
          onCloseAutoFocus={(event) => returnFocus(event, opener.current)}
          className="fixed inset-s-1/2 top-1/2 z-40 flex h-[min(716px,calc(100dvh-24px))] w-[min(1136px,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-dialog border border-line-strong bg-surface shadow-3 outline-none max-md:h-dvh max-md:w-screen max-md:rounded-none max-md:border-0"
        >
          <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-[22px] py-3 max-md:px-4">
            <Dialog.Title className="text-title">Import JSON</Dialog.Title>
            <FileFacts files={state.files} />
            <ImportSteps state={state} onGo={(to) => dispatch({ kind: "went", step: to })} />
            <Dialog.Close asChild>
              <Button look="plain" size="icon" aria-label="Close, keep what was entered" className="ms-auto lg:ms-0">
                <Icon of={X} size={14} />
              </Button>
            </Dialog.Close>
          </header>
          {state.step === "source" ? <SourceStep {...step} reading={reading} /> : null}
          {state.step === "problems" ? <ProblemsStep {...step} /> : null}
          {state.step === "effect" || state.step === "apply" ? <EffectAndApply {...step} /> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function FileFacts({ files }: { readonly files: readonly ImportFile[] }) {
  const [first] = files;
  if (first === undefined) return null;
  const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-small text-ink-2 max-sm:hidden">
      <Icon of={FileJson2} size={14} className="text-ink-3" />
      <span className="max-w-44 truncate">
        {files.length === 1 ? <FileName name={first.name} /> : `${files.length} files`}
      </span>
      <span className="text-ink-3">{formatBytes(bytes)}</span>
    </span>
  );
}

/** Control or Command with Enter does what the step's primary button does. */
function goOnward(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const button = event.currentTarget.querySelector("[data-onward]");
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.click();
}

/** The opener may be a menu item that is gone by now; then the browser's own choice stands. */
function returnFocus(event: Event, opener: Element | null): void {
  if (!(opener instanceof HTMLElement) || !opener.isConnected) return;
  event.preventDefault();
  opener.focus();
}
