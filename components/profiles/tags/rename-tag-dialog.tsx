import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useMemo, useState } from "react";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { renameTag, type TagRenaming } from "#policy/edit/rename-tag.ts";
import type { Profile } from "#policy/profile.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { renameTagAction } from "#web/actions/rename-tag.ts";
import { countUses, describeRenameRefusal } from "./describe-rename.ts";

type RenameTagDialogProps = { readonly tag: Tag; readonly canSave: boolean; readonly onClose: () => void };

/** Gives a tag another name wherever it is held or named, at once; the server proves that nothing opens or closes. */
export function RenameTagDialog({ tag, canSave, onClose }: RenameTagDialogProps) {
  const formId = useId();
  const say = useToast();
  const policy = usePolicy();
  const profiles = policy.kind === "known" ? policy.state.snapshot.profiles : undefined;
  const [text, setText] = useState<string>(tag);
  const { to, error, renamings } = useMemo(
    () => planOf([...(profiles?.values() ?? [])], tag, text.trim()),
    [profiles, tag, text],
  );
  const { mutate, isPending, data } = useMutation({
    mutationFn: (name: Tag) =>
      acknowledged((acknowledgedIntents) =>
        renameTagAction({ from: tag, to: name, requestId: newRequestId(), acknowledgedIntents }),
      ),
    onSuccess(answer, name) {
      if (!answer.ok) return;
      const { revision, holders, ruleCount, unreadable } = answer.value;
      const left = unreadable.length === 0 ? "" : ` Not readable, left as they are: ${unreadable.join(", ")}.`;
      say({
        title: `${tag} is now ${name}`,
        detail: `Rev ${revision}, ${countUses(holders.length, ruleCount)}. No change to what is reachable.${left}`,
      });
      onClose();
    },
    onError: () => say({ tone: "refused", title: `${tag} was not renamed`, detail: "The board did not answer." }),
  });
  const refusal = data?.ok === false ? describeRenameRefusal(data.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to !== undefined && canSave && !isPending) mutate(to);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Rename tag ${tag}`}
      description="Every holder and every rule that names it is rewritten in one transaction, saved at once. It is refused if that opened or closed anything."
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={formId} disabled={to === undefined || !canSave || isPending}>
            {isPending ? "Renaming…" : "Rename · nothing opens or closes"}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pb-2">
        <Field
          label="New name"
          isMono
          autoFocus
          maxLength={1_000}
          value={text}
          error={error ?? refusal}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
        />
        <Uses tag={tag} renamings={renamings} />
      </form>
    </Dialog>
  );
}

function Uses({ tag, renamings }: { readonly tag: Tag; readonly renamings: readonly TagRenaming[] }) {
  const holders = renamings.filter(({ isHolder }) => isHolder).length;
  const rules = renamings.reduce((sum, { ruleCount }) => sum + ruleCount, 0);
  return (
    <section className="text-small">
      <p className="mb-1.5 flex items-center gap-2 text-ink-2">
        <TagChip tag={tag} holding="held" />
        {countUses(holders, rules)}
      </p>
      <ul className="thin-scroll flex max-h-60 flex-col overflow-y-auto rounded-list border border-line bg-raised">
        {renamings.map(({ profileId, isHolder, ruleCount }) => (
          <li key={profileId} className="flex gap-3 border-b border-line px-3 py-1.5 last:border-b-0">
            <span className="min-w-0 truncate font-[550]">{profileId}</span>
            <span className="ms-auto shrink-0 text-ink-2">{countUses(isHolder ? 1 : 0, ruleCount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Plan = { readonly to?: Tag; readonly error?: string; readonly renamings: readonly TagRenaming[] };

function planOf(profiles: readonly Profile[], from: Tag, text: string): Plan {
  const to = parseTag(text);
  const renamings = renameTag(profiles, from, to.ok ? to.value : from);
  if (!to.ok) return { error: text === "" ? "A tag has a name." : describeIssue(to.error), renamings };
  if (to.value === from) return { renamings };
  const uses = renameTag(profiles, to.value, from);
  if (uses.length === 0) return { to: to.value, renamings };
  const error = describeRenameRefusal({
    kind: "tag-in-use",
    tag: to.value,
    holders: uses.filter(({ isHolder }) => isHolder).length,
    rules: uses.reduce((sum, { ruleCount }) => sum + ruleCount, 0),
  });
  return { error, renamings };
}
