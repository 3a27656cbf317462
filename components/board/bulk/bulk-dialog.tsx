import { CircleX } from "lucide-react";
import { type FormEvent, useId, useMemo, useState } from "react";
import { effectWords } from "#components/reach/reach-effect.ts";
import { ReachEffectList } from "#components/reach/reach-effect-list.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { parsePortEntry } from "#policy/port-range.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseTag } from "#policy/tag.ts";
import { BulkPreview } from "./bulk-preview.tsx";
import type { Replacement } from "./replace-in-profile.ts";
import { useBulkEdit } from "./use-bulk-edit.ts";

type BulkDialogProps = {
  readonly kind: Replacement["kind"];
  readonly selected: ReadonlySet<ProfileId>;
  readonly canSave: boolean;
  readonly onClose: () => void;
};

/** Replaces a port or a tag in all selected profiles: every rule and every pair first, then one transaction. */
export function BulkDialog({ kind, selected, canSave, onClose }: BulkDialogProps) {
  const formId = useId();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const replacement = useMemo(() => replacementOf(kind, from, to), [kind, from, to]);
  const { changes, effect, save, isSaving, refusal } = useBulkEdit(selected, replacement, onClose);
  const canWrite = canSave && !isSaving && changes.length > 0 && effect !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canWrite) save();
  };
  const example = kind === "port" ? "7890 or 7000:7999" : "APP_7890";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={`Replace a ${kind} in ${selected.size === 1 ? "1 profile" : `${selected.size} profiles`}`}
      description="Saved in one transaction: all of it or nothing. Drafts stay, and are merged when you save them."
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={formId} disabled={!canWrite}>
            {isSaving ? "Saving…" : effect === undefined ? "Save" : `Save · ${effectWords(effect)}`}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4 pb-2">
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <Field
            label={`${kind === "port" ? "Port" : "Tag"} to replace`}
            hint={`As ${example}`}
            isMono
            autoFocus
            value={from}
            error={from === "" || isReadable(kind, from) ? undefined : `Not a ${kind}`}
            onChange={(event) => setFrom(event.target.value)}
          />
          <Field
            label="By"
            isMono
            value={to}
            error={to === "" || isReadable(kind, to) ? undefined : `Not a ${kind}`}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
        {refusal === undefined ? null : (
          <Banner icon={CircleX} tone="deny" title="Nothing was saved">
            {refusal}
          </Banner>
        )}
        <BulkPreview changes={changes} isAsked={replacement !== undefined} />
        {changes.length > 0 ? (
          effect === undefined ? (
            <p className="text-ink-2">Working out what opens and closes…</p>
          ) : (
            <ReachEffectList effect={effect} />
          )
        ) : null}
      </form>
    </Dialog>
  );
}

function isReadable(kind: Replacement["kind"], text: string): boolean {
  return kind === "port" ? portOf(text) !== undefined : parseTag(text.trim()).ok;
}

function replacementOf(kind: Replacement["kind"], from: string, to: string): Replacement | undefined {
  if (from.trim() === to.trim()) return undefined;
  if (kind === "port") {
    const [before, after] = [portOf(from), portOf(to)];
    return before === undefined || after === undefined ? undefined : { kind, from: before, to: after };
  }
  const [before, after] = [parseTag(from.trim()), parseTag(to.trim())];
  return before.ok && after.ok ? { kind, from: before.value, to: after.value } : undefined;
}

function portOf(text: string) {
  const trimmed = text.trim();
  return parsePortEntry(/^\d{1,5}$/.test(trimmed) ? Number(trimmed) : trimmed);
}
