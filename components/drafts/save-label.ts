import type { DraftConsequences } from "#components/judge/draft-consequences.ts";
import type { ProfileView } from "./draft.ts";
import type { DraftEffect } from "./draft-effect.ts";
import type { MergeAttempt } from "./merge/attempt-merge.ts";

type Saving = {
  readonly attempt: MergeAttempt | undefined;
  readonly isSaving: boolean;
  readonly view: Pick<ProfileView, "isStale"> | undefined;
};

/** What the button of a draft says: what is to be decided first, what is under way, or what a save opens and closes. */
export function draftLabel(
  { attempt, isSaving, view }: Saving,
  effect: DraftEffect | undefined,
  consequences: DraftConsequences | undefined,
): string {
  if (attempt !== undefined) return `Decide ${attempt.open.length}…`;
  if (isSaving) return "Saving…";
  return view?.isStale ? "Merging…" : saveLabel(effect, consequences);
}

/** The Save button carries the effect; while that is not known it says only Save. */
function saveLabel(effect: DraftEffect | undefined, consequences: DraftConsequences | undefined): string {
  if (effect === undefined) return "Save";
  const { gained = [], lost = [], broken = [] } = consequences ?? {};
  // A promise that would be broken comes before everything: saving asks about it.
  if (broken.length > 0) return `Save · breaks ${counted(broken.length, "intent")}…`;
  const { opens, closes } = effect;
  const isNeutral = opens.length === 0 && closes.length === 0;
  const parts = [
    isNeutral ? "nothing opens or closes" : "",
    opens.length > 0 ? `opens ${opens.length}` : "",
    closes.length > 0 ? `closes ${closes.length}` : "",
    gained.length > 0 ? `adds ${counted(gained.length, "finding")}` : "",
    lost.length > 0 ? `clears ${counted(lost.length, "finding")}` : "",
  ];
  return `Save · ${parts.filter((part) => part !== "").join(", ")}`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
