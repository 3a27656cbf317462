import type { Profile } from "#policy/profile.ts";
import type { Draft, SeenProfile } from "../draft.ts";
import { newestDraft, writeDraft } from "../draft-store.ts";
import { draftOf, withStep } from "../store/draft-history.ts";
import { editsBetween } from "./merge-draft.ts";

/**
 * Makes the draft that takes a save back: its opposite, on what was saved, so that what others saved since is merged like
 * with any draft. Where a draft was begun since, it becomes a step of that one, for its owner to save; then nothing is
 * handed back.
 */
export function undoSaved(saved: Draft, stored: SeenProfile): Draft | undefined {
  const { id } = stored.profile;
  // Where nothing was beside the rules, nothing is to be there again.
  const before: Profile = { sidecar: { kind: "missing" }, ...saved.base.profile };
  const step = { edits: editsBetween(stored.profile, before) };
  const begun = newestDraft(id);
  const isBegun = begun !== undefined && begun.edits.length > 0 && begun.requestId !== saved.requestId;
  const draft = isBegun
    ? withStep(begun, begun.base, step)
    : draftOf({ base: stored, settled: [], steps: [step], undone: [] });
  if (!draft.ok) return undefined;
  writeDraft(id, draft.value);
  return isBegun ? undefined : draft.value;
}
