import { newRequestId } from "#components/drafts/new-request-id.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { useToast } from "#components/ui/toast.tsx";
import type { ToastMessage } from "#components/ui/toast-message.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { err } from "#prelude/result.ts";
import type { ImportRulesAnswer, UndoImportAnswer } from "#web/actions/import-answer.ts";
import { undoImportAction } from "#web/actions/undo-import.ts";
import type { ToldEffect } from "../effect/use-import-effect.ts";
import { describeUndoRefusal } from "./describe-import-refusal.ts";

type Imported = Extract<ImportRulesAnswer, { readonly ok: true }>["value"];

/** The way back from an import: a new revision with what was there before, as long as nobody wrote since. */
export function useUndoImport() {
  const say = useToast();
  return ({ policy }: ToldEffect, { revision, profiles }: Imported): ToastMessage["action"] => {
    const before = profiles.map(({ id }) => policy.snapshot.profiles.get(id));
    // What cannot be read is never written, so it cannot come back either.
    if (before.some((profile) => profile !== undefined && !isReadable(profile))) return undefined;
    const undos = profiles.map(({ id, version }, index) => ({
      profileId: id,
      base: version,
      before: valuesOf(before[index]),
    }));
    const run = async () => {
      const answer = await send({ profiles: undos, revision, requestId: newRequestId() });
      if (answer.ok)
        return say({ title: `Saved as rev ${answer.value.revision}`, detail: `Rev ${revision} is undone` });
      return say({
        tone: "refused",
        title: `Rev ${revision} was not undone`,
        detail: describeUndoRefusal(answer.error),
      });
    };
    return { label: "Undo", run: () => void run() };
  };
}

async function send(request: object): Promise<UndoImportAnswer> {
  try {
    return await acknowledged((acknowledgedIntents) => undoImportAction({ ...request, acknowledgedIntents }));
  } catch (error) {
    return err({ kind: "unavailable", detail: error instanceof Error ? error.message : String(error) });
  }
}

function isReadable({ tags, rules }: Profile): boolean {
  return tags.kind !== "invalid" && rules.kind !== "invalid";
}

function valuesOf(profile: Profile | undefined) {
  if (profile === undefined) return null;
  return { tags: textOf(profile.tags, formatTagsValue), rules: textOf(profile.rules, formatRulesValue) };
}

function textOf<T>(leaf: Leaf<T>, format: (value: T) => string): string | null {
  return leaf.kind === "valid" ? format(leaf.value) : null;
}
