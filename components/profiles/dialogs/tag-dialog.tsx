"use client";

import { Minus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Profile } from "#policy/profile.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { admittedTags } from "../admitted-tags.ts";

type TagDialogProps = {
  readonly profile: Profile;
  readonly stored: Profile | undefined;
  readonly knownTags: readonly string[];
  readonly onAdd: (tag: Tag) => void;
  readonly onRemove: (tag: Tag) => void;
  readonly onClose: () => void;
};

/** The tags a profile holds, to add and remove, and those its rules admit. Changes go into the draft. */
export function TagDialog({ profile, stored, knownTags, onAdd, onRemove, onClose }: TagDialogProps) {
  const held = profile.tags.kind === "valid" ? profile.tags.value : [];
  const heldInStore = stored?.tags.kind === "valid" ? stored.tags.value : [];
  const admitted = admittedTags(profile);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Tags of ${profile.id}`}
      description="A tag is a grant: adding one can open access."
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <AddTag held={held} knownTags={knownTags} onAdd={onAdd} />
      <section className="mt-4">
        <h3 className="mb-1 text-small font-[600]">Holds</h3>
        {held.length === 0 ? <p className="text-small text-ink-3">No tag: no rule lets it in by a tag.</p> : null}
        <ul className="flex flex-col gap-1">
          {held.map((tag) => (
            <li key={tag} className="flex h-8 items-center gap-2">
              <TagChip tag={tag} holding="held" isDraft={!heldInStore.includes(tag)} />
              <Button
                look="plain"
                size="small"
                className="ms-auto"
                onClick={() => onRemove(tag)}
                aria-label={`Remove tag ${tag}`}
              >
                <Icon of={Minus} size={12} />
                Remove
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {admitted.length > 0 ? (
        <section className="mt-3 pb-2">
          <h3 className="mb-1.5 text-small font-[600]">Admits by its inbound rules</h3>
          <p className="flex flex-wrap gap-1.5">
            {admitted.map((tag) => (
              <TagChip key={tag} tag={tag} holding="admitted" />
            ))}
          </p>
        </section>
      ) : null}
    </Dialog>
  );
}

type AddTagProps = {
  readonly held: readonly Tag[];
  readonly knownTags: readonly string[];
  readonly onAdd: (tag: Tag) => void;
};

function AddTag({ held, knownTags, onAdd }: AddTagProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tag = parseTag(text.trim());
    if (!tag.ok) return setError(describeIssue(tag.error));
    if (held.includes(tag.value)) return setError(`The profile holds ${tag.value} already.`);
    onAdd(tag.value);
    setText("");
    setError(undefined);
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <Field
        className="grow"
        label="Add tag"
        isMono
        list={listId}
        value={text}
        placeholder="APP_7890"
        error={error}
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      <Button type="submit" className="mt-[21px]" disabled={text.trim() === ""}>
        Add to draft
      </Button>
      <datalist id={listId}>
        {knownTags
          .filter((tag) => !held.some((each) => each === tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </form>
  );
}
