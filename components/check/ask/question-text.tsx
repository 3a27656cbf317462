"use client";

import { useId, useState } from "react";
import { describeReachText } from "#analysis/question/reach/describe-reach-problem.ts";
import { parseReachText, type ReachTextProblem } from "#analysis/question/reach/parse-reach-text.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { Button } from "#components/ui/button.tsx";
import type { Snapshot } from "#policy/snapshot.ts";

type QuestionTextProps = {
  readonly snapshot: Snapshot;
  readonly start: string;
  readonly onAsk: (question: ReachQuestion) => void;
  readonly onClose: () => void;
};

/** The question in words. What cannot be read is marked at its characters, with what to write instead. */
export function QuestionText({ snapshot, start, onAsk, onClose }: QuestionTextProps) {
  const id = useId();
  const [text, setText] = useState(start);
  const [isSent, setSent] = useState(start !== "");
  const read = parseReachText(text, snapshot);
  const problem = isSent && !read.ok ? read.error : undefined;
  const send = () => {
    setSent(true);
    if (read.ok) onAsk(read.value);
  };
  return (
    <form
      className="rounded-card border border-control-line bg-raised px-3.5 py-2 shadow-1 focus-within:border-focus"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="flex min-h-[30px] items-center gap-2">
        <label htmlFor={id} className="sr-only">
          Question
        </label>
        <input
          id={id}
          // biome-ignore lint/a11y/noAutofocus: the key or press that opened the field asked for it.
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setSent(false);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            onClose();
          }}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          placeholder="can web reach app 7890"
          autoComplete="off"
          spellCheck={false}
          className="mono h-8 min-w-0 grow bg-transparent text-heading font-[450] outline-none coarse:h-10"
        />
        <Button look="plain" onClick={onClose}>
          Choose instead
        </Button>
        <Button look="primary" type="submit">
          Ask
        </Button>
      </div>
      <div id={`${id}-problem`} role="alert">
        {problem === undefined ? null : <Marked text={text} problem={problem} />}
      </div>
    </form>
  );
}

function Marked({ text, problem }: { readonly text: string; readonly problem: ReachTextProblem }) {
  const { offset, length } = problem;
  const wrong = text.slice(offset, offset + length);
  return (
    <>
      <p aria-hidden="true" className="mono overflow-x-auto text-body whitespace-pre text-ink-3">
        {text.slice(0, offset)}
        <mark className="border-b-2 border-dashed border-deny bg-deny-tint text-deny-text">
          {wrong === "" ? " " : wrong}
        </mark>
        {text.slice(offset + length)}
      </p>
      <p className="text-small text-deny-text">
        <span className="sr-only">At character {offset + 1}: </span>
        {describeReachText(problem)}
      </p>
    </>
  );
}
