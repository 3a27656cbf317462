"use client";

import { Upload } from "lucide-react";
import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { StepFooter } from "../frame/step-footer.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { formatBytes } from "./format-bytes.ts";
import { byteLength, MAX_IMPORT_BYTES } from "./read-files.ts";
import { RefusedFiles } from "./refused-files.tsx";
import type { Reading } from "./use-reading.ts";

/** A longer text goes straight to the files: a text field would take seconds to lay it out. */
const MAX_FIELD_LENGTH = 64 * 1024;

/** Step 1: choose files, drop them, or paste the text. */
export function SourceStep({ state, dispatch, reading }: StepProps & { readonly reading: Reading }) {
  const pasteId = useId();
  const add = (text: string) => {
    const foundBytes = byteLength(text);
    if (foundBytes > MAX_IMPORT_BYTES) {
      const tooLarge = {
        reason: "too-large",
        name: "The pasted text",
        foundBytes,
        maxBytes: MAX_IMPORT_BYTES,
      } as const;
      dispatch({ kind: "refused", files: [tooLarge] });
      return;
    }
    dispatch({ kind: "refused", files: [] });
    dispatch({ kind: "added", files: [{ name: "pasted.json", text }] });
    dispatch({ kind: "pasting", text: "" });
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    if (files.length === 0 && text.length <= MAX_FIELD_LENGTH) return;
    event.preventDefault();
    if (files.length > 0) reading.read(files);
    else add(text);
  };
  return (
    <>
      <div className="thin-scroll grid min-h-0 grow content-start gap-4 overflow-y-auto bg-sunken p-[22px] max-md:p-4 lg:grid-cols-2 lg:grid-rows-[minmax(0,1fr)_auto]">
        <FileChooser reading={reading} />
        <div className="flex min-h-56 flex-col">
          <label htmlFor={pasteId} className="mb-1.5 text-heading">
            Or paste the text
          </label>
          <textarea
            id={pasteId}
            value={state.pasted}
            onPaste={paste}
            onChange={(event) => dispatch({ kind: "pasting", text: event.target.value })}
            spellCheck={false}
            placeholder='{ "inbound_rules": [], "outbound_rules": [] }'
            className="mono min-h-40 grow resize-none rounded-list border border-control-line bg-raised p-3 outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint"
          />
        </div>
        <div className="flex flex-col gap-2 lg:col-span-2" aria-live="polite">
          <RefusedFiles files={state.refused} />
        </div>
      </div>
      <StepFooter
        said={
          <>
            Rules of one profile, a list of several, or an exported state.
            <a href="/api/export" download className="underline hover:text-ink">
              Export everything
            </a>
          </>
        }
      >
        {state.files.length > 0 ? (
          <Button onClick={() => dispatch({ kind: "went", step: "problems" })}>Back to the files</Button>
        ) : null}
        <Button look="primary" data-onward disabled={state.pasted.trim() === ""} onClick={() => add(state.pasted)}>
          Check the text
        </Button>
      </StepFooter>
    </>
  );
}

function FileChooser({ reading }: { readonly reading: Reading }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    reading.read([...event.dataTransfer.files]);
  };
  return (
    // The drop is a second way to what the button does; the button is the way for the keyboard.
    <section
      aria-label="Files"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex min-h-44 flex-col items-center justify-center gap-3 rounded-list border border-dashed p-6 text-center ${isOver ? "border-focus bg-amber-tint" : "border-control-line bg-raised"}`}
    >
      <Icon of={Upload} size={20} className="text-ink-3" />
      {reading.progress === undefined ? (
        <>
          <p className="text-heading">Drop JSON files here</p>
          <Button onClick={() => input.current?.click()}>Choose files</Button>
          <p className="text-small text-ink-3">Several at once, {formatBytes(MAX_IMPORT_BYTES)} in all</p>
        </>
      ) : (
        <ReadProgress reading={reading} progress={reading.progress} />
      )}
      <input
        ref={input}
        type="file"
        multiple
        accept=".json,application/json"
        aria-label="Choose JSON files"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          reading.read([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </section>
  );
}

type ReadProgressProps = { readonly reading: Reading; readonly progress: NonNullable<Reading["progress"]> };

function ReadProgress({ reading, progress: { readBytes, totalBytes } }: ReadProgressProps) {
  return (
    <>
      <p className="text-heading">
        Reading {formatBytes(readBytes)} of {formatBytes(totalBytes)}
      </p>
      <progress value={readBytes} max={totalBytes} aria-label="Bytes read" className="w-48 accent-focus" />
      <Button onClick={reading.cancel}>Cancel</Button>
    </>
  );
}
