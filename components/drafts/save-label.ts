import type { ProfileView } from "./draft.ts";
import type { DraftEffect } from "./draft-effect.ts";
import type { MergeAttempt } from "./merge/attempt-merge.ts";

type Saving = {
  readonly attempt: MergeAttempt | undefined;
  readonly isSaving: boolean;
  readonly view: Pick<ProfileView, "isStale"> | undefined;
};

/** What the button of a draft says: what is to be decided first, what is under way, or what a save opens and closes. */
export function draftLabel({ attempt, isSaving, view }: Saving, effect: DraftEffect | undefined): string {
  if (attempt !== undefined) return `Decide ${attempt.open.length}…`;
  if (isSaving) return "Saving…";
  return view?.isStale ? "Merging…" : saveLabel(effect);
}

/** The Save button carries the effect; while that is not known it says only Save. */
function saveLabel(effect: DraftEffect | undefined): string {
  if (effect === undefined) return "Save";
  const { opens, closes } = effect;
  if (opens.length === 0 && closes.length === 0) return "Save · nothing opens or closes";
  const parts = [opens.length > 0 ? `opens ${opens.length}` : "", closes.length > 0 ? `closes ${closes.length}` : ""];
  return `Save · ${parts.filter((part) => part !== "").join(", ")}`;
}
