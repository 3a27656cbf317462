import { type Dispatch, useEffect, useRef, useState } from "react";
import { newRequestId } from "#components/drafts/new-request-id.ts";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { useToast } from "#components/ui/toast.tsx";
import { err } from "#prelude/result.ts";
import type { ImportRefusal, ImportRulesAnswer } from "#web/actions/import-answer.ts";
import { importRulesAction } from "#web/actions/import-rules.ts";
import { NEVER_SEEN } from "#web/queries/profile-versions.ts";
import { type ToldEffect, versionsOf } from "../effect/use-import-effect.ts";
import type { ImportAction, ImportState } from "../import-state.ts";
import { useUndoImport } from "./use-undo-import.ts";

type Sending =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  | { readonly kind: "refused"; readonly refusal: ImportRefusal };

type Applying = {
  readonly state: ImportState;
  readonly effect: ToldEffect;
  readonly dispatch: Dispatch<ImportAction>;
  readonly onClose: () => void;
};

/** Sends the import; whatever is refused, nothing that was entered is lost. */
export function useApply({ state, effect, dispatch, onClose }: Applying) {
  const say = useToast();
  const undo = useUndoImport();
  const [sending, setSending] = useState<Sending>({ kind: "idle" });
  // One id for every try, so that a try after a time-out recognises what the first one wrote.
  const requestId = useRef<string>(undefined);
  const apply = async () => {
    setSending({ kind: "sending" });
    requestId.current ??= newRequestId();
    const answer = await send(state, effect, requestId.current);
    if (!answer.ok) {
      if (answer.error.kind !== "unavailable") requestId.current = undefined;
      setSending({ kind: "refused", refusal: answer.error });
      return;
    }
    const { revision } = answer.value;
    const action = undo(effect, answer.value);
    const names = effect.parts.map(({ profileId }) => profileId);
    const detail = `Imported into ${names.length > 3 ? `${names.length} profiles` : names.join(", ")}`;
    say({ title: `Saved as rev ${revision}`, detail, ...(action && { action }) });
    dispatch({ kind: "emptied" });
    onClose();
  };
  return { sending, apply };
}

/** What one transaction cannot hold is said before anyone asks for it; what else may be refused is not known yet. */
export function useRehearsal(state: ImportState, effect: ToldEffect): ImportRefusal | undefined {
  const [refusal, setRefusal] = useState<ImportRefusal>();
  const { files } = state;
  useEffect(() => {
    let isWanted = true;
    void importRulesAction({ ...requestOf({ files, note: "" }, effect), requestId: newRequestId(), isRehearsal: true })
      // A board that is away says so where it matters: when the import is applied.
      .catch(() => undefined)
      .then((answer) => {
        if (isWanted) setRefusal(answer?.ok === false && answer.error.kind === "too-large" ? answer.error : undefined);
      });
    return () => {
      isWanted = false;
    };
  }, [files, effect]);
  return refusal;
}

async function send(state: ImportState, effect: ToldEffect, requestId: string): Promise<ImportRulesAnswer> {
  const request = requestOf(state, effect);
  try {
    return await acknowledged((acknowledgedIntents) =>
      importRulesAction({ ...request, requestId, acknowledgedIntents }),
    );
  } catch (error) {
    return err({ kind: "unavailable", detail: error instanceof Error ? error.message : String(error) });
  }
}

function requestOf({ files, note }: Pick<ImportState, "files" | "note">, effect: ToldEffect) {
  const versions = versionsOf(effect);
  const used = files.filter(({ key }) => effect.parts.some((part) => part.key === key));
  const imports = effect.parts.map(({ key, part, profileId, modes, inbound, outbound }) => ({
    file: used.findIndex((file) => file.key === key),
    part,
    profileId,
    modes,
    takesTags: used.find((file) => file.key === key)?.takesTags ?? false,
    declined: { inbound: inbound.declined, outbound: outbound.declined },
    base: versions.get(profileId) ?? NEVER_SEEN,
  }));
  return { files: used.map(({ name, text }) => ({ name, text })), imports, note };
}
