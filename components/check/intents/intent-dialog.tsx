"use client";

import { useId, useState } from "react";
import { formatPlace, placeName } from "#analysis/question/format-place.ts";
import { parsePlace } from "#analysis/question/parse-place.ts";
import type { ReachVerdict } from "#analysis/question/reach/answer-reach.ts";
import { describeReachText } from "#analysis/question/reach/describe-reach-problem.ts";
import { parseReachText } from "#analysis/question/reach/parse-reach-text.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { Intent } from "#policy/intent/intent.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { IntentRow } from "#web/queries/intent-rows.ts";
import { useChangeIntent } from "./use-change-intent.ts";

/** What the dialog begins with: nothing, a question that was answered, or an intent that is stored. */
export type IntentStart = {
  readonly question?: ReachQuestion;
  readonly verdict?: ReachVerdict;
  readonly row?: IntentRow;
};

type IntentDialogProps = {
  readonly snapshot: Snapshot;
  readonly start: IntentStart;
  readonly onClose: () => void;
};

/** A promise in words: who must, or must not, reach whom with what. */
export function IntentDialog({ snapshot, start: { question, verdict, row }, onClose }: IntentDialogProps) {
  const stored = row?.intent.kind === "valid" ? row.intent.value : undefined;
  const [must, setMust] = useState<Intent["must"]>(stored?.must ?? (verdict === "deny" ? "not-reach" : "reach"));
  const [text, setText] = useState(textOf(stored ?? question, snapshot));
  const [isSent, setSent] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const change = useChangeIntent();
  const read = parseReachText(text, snapshot);
  const save = async () => {
    setSent(true);
    if (!read.ok) return;
    setSaving(true);
    const after: Intent = { must, ...read.value };
    const isDone = await change({ id: row?.id ?? newRequestId(), base: row?.modRevision ?? 0, after });
    setSaving(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={row === undefined ? "New intent" : "Edit the intent"}
      description="It is judged on every change, whoever makes it. Saving what breaks it is refused until it is acknowledged."
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={isSaving} onClick={() => void save()}>
            Save intent
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <MustChoice must={must} onChoose={setMust} />
        <Field
          label="Who, whom, with what"
          isMono
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setSent(false);
          }}
          placeholder="web reach app tcp/7890"
          hint="Without ports or protocol it is about everything."
          error={
            isSent && !read.ok ? `At character ${read.error.offset + 1}: ${describeReachText(read.error)}` : undefined
          }
        />
      </form>
    </Dialog>
  );
}

const CHOICES = [
  ["reach", "Must reach", "all of it gets through"],
  ["not-reach", "Must not reach", "none of it gets through"],
] as const;

function MustChoice({
  must,
  onChoose,
}: {
  readonly must: Intent["must"];
  readonly onChoose: (must: Intent["must"]) => void;
}) {
  const group = useId();
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1 text-small font-[550] text-ink-2">What is promised</legend>
      {CHOICES.map(([value, name, means]) => (
        <label
          key={value}
          className="flex min-h-10 cursor-pointer items-center gap-2 rounded-control border border-line px-3 has-checked:border-focus has-checked:bg-sel has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input type="radio" name={group} checked={must === value} onChange={() => onChoose(value)} />
          <span>
            <span className="block font-[550]">{name}</span>
            <span className="block text-small text-ink-2">{means}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Profiles are said by their names where those mean nothing else; other places as they are written. */
function textOf(question: ReachQuestion | undefined, snapshot: Snapshot): string {
  if (question === undefined) return "";
  const word = (place: string) => {
    if (place === "world") return "anywhere";
    const named = parsePlace(placeName(place), snapshot);
    return named.ok && formatPlace(named.value) === place ? placeName(place) : place;
  };
  const on = formatTraffic(question.traffic);
  return `${word(question.from)} reach ${word(question.to)}${on === "" ? "" : ` on ${on}`}`;
}
