"use client";

import { type FormEvent, useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { completeRule } from "#policy/grammar/complete-rule.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import type { RuleTarget } from "../rule-list-context.ts";
import { RuleForm } from "./rule-form.tsx";
import { RuleLine } from "./rule-line.tsx";
import { useRuleEntry } from "./use-rule-entry.ts";

type RuleDialogProps = {
  readonly profileId: ProfileId;
  readonly direction: Direction;
  readonly target: RuleTarget;
  /** The rule to edit; absent for a new one. */
  readonly rule?: Rule;
  readonly knownTags: readonly string[];
  readonly knownPorts: readonly string[];
  readonly onSubmit: (rule: Rule) => void;
  readonly onClose: () => void;
};

/** Writes one rule, by one line of text or by fields. It goes into the draft; nothing is saved yet. */
export function RuleDialog({
  profileId,
  direction,
  target,
  rule,
  knownTags,
  knownPorts,
  onSubmit,
  onClose,
}: RuleDialogProps) {
  const formId = useId();
  const tagListId = useId();
  const entry = useRuleEntry(rule);
  const isNew = target.kind === "insert";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (entry.parsed.ok) onSubmit(entry.parsed.value);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        isNew
          ? `New rule: ${profileId} ${direction} ${target.position}`
          : `${profileId} ${direction} ${target.position}`
      }
      description={
        direction === "inbound"
          ? "What may reach endpoints with this profile."
          : "What endpoints with this profile may send."
      }
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={formId} disabled={!entry.parsed.ok}>
            {isNew ? "Add to draft" : "Change in draft"} <KeyCap onPrimary>↵</KeyCap>
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4 pb-2">
        <RuleLine
          text={entry.text}
          issues={entry.parsed.ok ? [] : entry.parsed.error}
          completions={completeRule(entry.text, { tags: knownTags, ports: knownPorts })}
          onChange={entry.setText}
        />
        <RuleForm fields={entry.fields} onChange={entry.setFields} tagListId={tagListId} />
        <datalist id={tagListId}>
          {knownTags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </Dialog>
  );
}
