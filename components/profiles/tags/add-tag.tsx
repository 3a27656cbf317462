import { type FormEvent, useId, useMemo, useState } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Profile } from "#policy/profile.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { TagEffect } from "./tag-effect.tsx";
import { useTagEffect } from "./use-tag-effect.ts";

type AddTagProps = {
  readonly profile: Profile;
  readonly held: readonly Tag[];
  readonly knownTags: readonly string[];
  readonly onAdd: (tag: Tag) => void;
};

/** A tag to add: what it opens is shown while it is typed, and the button waits for that. */
export function AddTag({ profile, held, knownTags, onAdd }: AddTagProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const { tag, error } = useMemo(() => readTag(text, held), [text, held]);
  const { effect, mayGoOn } = useTagEffect(profile, "add-tag", tag);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tag === undefined || !mayGoOn) return;
    onAdd(tag);
    setText("");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <Field
          className="grow"
          label="Add tag"
          isMono
          list={listId}
          value={text}
          placeholder="APP_7890"
          error={error}
          autoFocus
          maxLength={1_000}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" className="mt-[21px]" disabled={!mayGoOn}>
          {effect === undefined ? "Add to draft" : `Add · ${effectWords(effect)}`}
        </Button>
      </div>
      <datalist id={listId}>
        {knownTags
          .filter((each) => !held.some((one) => one === each))
          .map((each) => (
            <option key={each} value={each} />
          ))}
      </datalist>
      {tag === undefined ? null : <TagEffect effect={effect} does={`Adding ${tag}`} />}
    </form>
  );
}

function readTag(text: string, held: readonly Tag[]): { readonly tag?: Tag; readonly error?: string } {
  if (text.trim() === "") return {};
  const tag = parseTag(text.trim());
  if (!tag.ok) return { error: describeIssue(tag.error) };
  return held.includes(tag.value) ? { error: `The profile holds ${tag.value} already.` } : { tag: tag.value };
}
