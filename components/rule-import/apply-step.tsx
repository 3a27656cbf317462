"use client";

import { CircleX } from "lucide-react";
import { useId, useRef, useState } from "react";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { Coat } from "#components/marks/coat.tsx";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { err } from "#prelude/result.ts";
import type { ImportRefusal, ImportRulesAnswer } from "#web/actions/import-answer.ts";
import { importRulesAction } from "#web/actions/import-rules.ts";
import { describeImportRefusal } from "./describe-import-refusal.ts";
import { ReachPreview } from "./effect/reach-preview.tsx";
import { countChanges } from "./effect/rule-changes.ts";
import { type ImportEffect, useImportEffect } from "./effect/use-import-effect.ts";
import { StepFooter } from "./frame/step-footer.tsx";
import type { StepProps } from "./frame/step-props.ts";
import { formatBytes } from "./source/format-bytes.ts";
import { byteLength, MAX_IMPORT_BYTES } from "./source/read-files.ts";

type Sending =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  | { readonly kind: "refused"; readonly refusal: ImportRefusal };

/** Step 4: a note for the journal, and the one button that writes. */
export function ApplyStep({ state, dispatch, onClose }: StepProps) {
  const effect = useImportEffect(state);
  const noteId = useId();
  const say = useToast();
  const [sending, setSending] = useState<Sending>({ kind: "idle" });
  // One id for every try, so that a try after a time-out recognises what the first one wrote.
  const requestId = useRef<string>(undefined);
  if (effect === undefined) return null;

  const bytes = effect.files.reduce((sum, { file }) => sum + byteLength(file.text), 0);
  const isTooLarge = bytes > MAX_IMPORT_BYTES;
  const apply = async () => {
    setSending({ kind: "sending" });
    requestId.current ??= newRequestId();
    const answer = await send(effect, state.note, requestId.current);
    if (!answer.ok) {
      if (answer.error.kind !== "unavailable") requestId.current = undefined;
      setSending({ kind: "refused", refusal: answer.error });
      return;
    }
    say({ title: `Saved as rev ${answer.value.revision}`, detail: `Imported into ${namesOf(effect)}` });
    dispatch({ kind: "emptied" });
    onClose();
  };

  return (
    <>
      <div className="grid min-h-0 grow grid-rows-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_408px]">
        <div className="thin-scroll flex min-h-0 flex-col gap-4 overflow-y-auto bg-sunken p-[22px] max-md:p-4">
          {sending.kind === "refused" ? (
            <Banner icon={CircleX} tone="deny" title={describeImportRefusal(sending.refusal).title}>
              {describeImportRefusal(sending.refusal).detail}
            </Banner>
          ) : null}
          {isTooLarge ? (
            <Banner icon={CircleX} tone="deny" title={`Together the files are ${formatBytes(bytes)}`}>
              One import takes {formatBytes(MAX_IMPORT_BYTES)}. Remove a file and import it by itself.
            </Banner>
          ) : null}
          <ImportedFiles files={effect.files} />
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
          <ReachPreview reach={effect.reach} />
        </div>
      </div>
      <StepFooter said={`One revision for ${namesOf(effect)}: all of it is written, or nothing.`}>
        <Button look="plain" onClick={() => dispatch({ kind: "went", step: "effect" })}>
          Back
        </Button>
        <Button look="primary" disabled={sending.kind === "sending" || isTooLarge} onClick={() => void apply()}>
          {sending.kind === "sending" ? "Applying" : `Apply · ${effectWords(effect.reach)}`}
        </Button>
      </StepFooter>
    </>
  );
}

function ImportedFiles({ files }: Pick<ImportEffect, "files">) {
  return (
    <ul className="overflow-hidden rounded-list border border-line bg-raised">
      {files.map(({ file, profileId, isNew, inbound, outbound }) => (
        <li
          key={file.key}
          className="flex flex-wrap items-center gap-2.5 border-b border-line px-3.5 py-2.5 last:border-b-0"
        >
          <Coat name={profileId} />
          <b className="font-[600]">{profileId}</b>
          <span className="text-ink-2">
            {isNew ? "is created, " : ""}
            {countChanges(inbound)} inbound and {countChanges(outbound)} outbound changes
          </span>
          <span className="ms-auto text-small text-ink-3">{file.name}</span>
        </li>
      ))}
    </ul>
  );
}

async function send(effect: ImportEffect, note: string, requestId: string): Promise<ImportRulesAnswer> {
  const files = effect.files.map(({ file, profileId, base }) => ({
    name: file.name,
    text: file.text,
    profileId,
    modes: file.modes,
    base,
  }));
  try {
    return await importRulesAction({ files, note, requestId });
  } catch (error) {
    return err({ kind: "unavailable", detail: error instanceof Error ? error.message : String(error) });
  }
}

function namesOf(effect: ImportEffect): string {
  return effect.files.map(({ profileId }) => profileId).join(", ");
}
