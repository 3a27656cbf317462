"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { createProfileAction } from "#web/actions/create-profile.ts";

type CreateProfileDialogProps = {
  readonly taken: ReadonlySet<string>;
  readonly canSave: boolean;
  readonly onCreated: (id: ProfileId) => void;
  readonly onClose: () => void;
};

type Content = "open-to-own-tag" | "closed";

/** Names a new profile and says what it begins as. */
export function CreateProfileDialog({ taken, canSave, onCreated, onClose }: CreateProfileDialogProps) {
  const formId = useId();
  const [name, setName] = useState("");
  const [content, setContent] = useState<Content>("open-to-own-tag");
  const id = parseProfileId(name.trim());
  const error = name === "" ? undefined : whyNot(name.trim(), taken);
  const { create, isCreating, refusal } = useCreateProfile(onCreated);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.ok && error === undefined && canSave) create({ id: id.value, content });
  };
  const shown = id.ok ? id.value : "X";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New profile"
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            disabled={!id.ok || error !== undefined || isCreating || !canSave}
          >
            {isCreating ? "Creating…" : "Create profile"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4 pb-2">
        <Field
          label="Name"
          isMono
          autoFocus
          value={name}
          error={error ?? refusal}
          hint="Letters, digits, _ . and -"
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-small font-[550] text-ink-2">Begins</legend>
          <Choice value="open-to-own-tag" chosen={content} onChoose={setContent} title={`Open to its own tag`}>
            Endpoints with {shown} reach each other and may send anywhere. Holds tag {shown}. As calicoctl creates it.
          </Choice>
          <Choice value="closed" chosen={content} onChoose={setContent} title="Closed">
            Nothing in, nothing out, until rules are added. Holds tag {shown}.
          </Choice>
        </fieldset>
      </form>
    </Dialog>
  );
}

type ChoiceProps = {
  readonly value: Content;
  readonly chosen: Content;
  readonly onChoose: (value: Content) => void;
  readonly title: string;
  readonly children: React.ReactNode;
};

function Choice({ value, chosen, onChoose, title, children }: ChoiceProps) {
  return (
    <label className="flex cursor-pointer gap-3 rounded-list border border-line-strong bg-raised px-3 py-2.5 hover:bg-hover has-checked:border-focus has-checked:bg-sel has-focus-visible:outline-2 has-focus-visible:outline-focus">
      <input
        type="radio"
        name="content"
        className="mt-0.5 accent-focus"
        checked={value === chosen}
        onChange={() => onChoose(value)}
      />
      <span>
        <span className="block font-[600]">{title}</span>
        <span className="block text-small text-ink-2">{children}</span>
      </span>
    </label>
  );
}

function whyNot(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return `There is a profile ${name} already.`;
  const id = parseProfileId(name);
  return id.ok ? undefined : describeIssue(id.error);
}

function useCreateProfile(onCreated: (id: ProfileId) => void) {
  const say = useToast();
  const [refusal, setRefusal] = useState<string>();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ id, content }: { readonly id: ProfileId; readonly content: Content }) =>
      acknowledged((acknowledgedIntents) => createProfileAction({ profileId: id, content, acknowledgedIntents })),
    onSuccess(answer, { id }) {
      if (!answer.ok) return setRefusal(describeRefusal(answer.error));
      if (answer.value.kind === "already-exists") return setRefusal(`There is a profile ${id} already.`);
      say({ title: `${id} created` });
      onCreated(id);
    },
    onError: () => setRefusal("The board did not answer. Nothing is known of the profile."),
  });
  return { create: mutate, isCreating: isPending, refusal };
}
