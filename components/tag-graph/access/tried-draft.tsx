import { useEffect, useId, useState } from "react";
import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import type { DraftEffect } from "#components/drafts/draft-effect.ts";
import { effectWords } from "#components/reach/reach-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { askGraph } from "../worker/ask-graph.ts";
import { useMakeDraft } from "./use-make-draft.ts";

type TriedDraftProps = {
  readonly label: string;
  readonly choices: readonly string[];
  /** What a choice would change; `undefined` while it names nothing. */
  readonly editFor: (choice: string) => ScopedEdit | undefined;
};

type Tried = { readonly choice: string; readonly effect: DraftEffect | undefined };

/** One name to choose, what that would open and close, and then the draft: nothing is begun before its effect is seen. */
export function TriedDraft({ label, choices, editFor }: TriedDraftProps) {
  const list = useId();
  const [choice, setChoice] = useState("");
  const [tried, setTried] = useState<Tried>();
  const make = useMakeDraft();
  const edit = choice === "" ? undefined : editFor(choice);
  const asked = edit === undefined ? "" : JSON.stringify(edit);
  useEffect(() => {
    let isWanted = true;
    if (asked === "") return undefined;
    const edits = [JSON.parse(asked) as ScopedEdit];
    void askGraph({ kind: "effect", edits }).then((answer) => {
      if (isWanted && answer.kind === "effect") setTried({ choice, effect: answer.effect });
    });
    return () => {
      isWanted = false;
    };
  }, [asked, choice]);
  const effect = edit !== undefined && tried?.choice === choice ? tried.effect : undefined;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        isMono
        list={list}
        value={choice}
        onChange={(event) => setChoice(event.target.value.trim())}
        {...(choice !== "" && edit !== undefined && tried?.choice === choice && effect === undefined
          ? { error: "That cannot be done: look at the name." }
          : {})}
      />
      <datalist id={list}>
        {choices.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {edit === undefined || effect === undefined ? null : (
        <div aria-live="polite" data-tried={choice} className="flex flex-col gap-2">
          <ReachEffectList effect={effect} />
          <Button size="small" className="self-start" onClick={() => make([edit])}>
            Begin this draft · {effectWords(effect)}
          </Button>
        </div>
      )}
    </div>
  );
}
