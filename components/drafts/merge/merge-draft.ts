import { applyEdits } from "#policy/edit/apply-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { type ChangedProfile, mergeProfiles } from "#policy/merge/merge-profiles.ts";
import type { MergeChoice, MergeChoices, MergeConflict, ProfileMerge } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import { pairedOrigins, trackedOrigins } from "#policy/merge/rule-origins.ts";
import type { Profile } from "#policy/profile.ts";
import type { Draft, DraftStep, SeenProfile } from "../draft.ts";
import { draftOf, nextName } from "../store/draft-history.ts";

/** What a draft and what is stored now make together. */
export function mergeOfDraft({ base, profile, edits }: Draft, onto: SeenProfile): ProfileMerge {
  const origins = trackedOrigins(base.profile, edits);
  return mergeProfiles(base.profile, { profile: onto.profile }, { profile, origins });
}

/**
 * The draft on what is stored now, every step of it: each state of the draft is merged by itself, so that undo and redo
 * lead through the same states as before, with the other's work in them.
 */
export function rebaseDraft(draft: Draft, onto: SeenProfile, choices: MergeChoices): Draft {
  const walk = mergedStates(draft.base.profile, { profile: onto.profile }, ({ id }) => choices.get(id));
  const settled = walk(draft.settled);
  const steps = draft.steps.map((step) => ({ ...step, edits: walk(step.edits) }));
  const undone = draft.undone.toReversed().map((step) => ({ ...step, edits: walk(step.edits) }));
  const parts = { base: onto, settled, steps: withEdits(steps), undone: withEdits(undone.reverse()) };
  const rebased = draftOf(parts, nextName(draft));
  if (!rebased.ok) throw new Error(`a merged draft cannot be applied: ${rebased.error.kind}`);
  return rebased.value;
}

/**
 * Steps made in one tab since `begun`, on what another tab made of it meanwhile. Nobody is asked: where both wrote one
 * rule this tab's words stand, which undo takes back, and a rule that only the other has is never taken out.
 */
export function stepsOnto(begun: Profile, theirs: ChangedProfile, steps: readonly DraftStep[]): readonly DraftStep[] {
  const walk = mergedStates(begun, theirs, (conflict) =>
    conflict.kind === "rule" && conflict.yours === undefined ? { kind: "theirs" } : { kind: "yours" },
  );
  return withEdits(steps.map((step) => ({ ...step, edits: walk(step.edits) })));
}

function withEdits(steps: readonly DraftStep[]): readonly DraftStep[] {
  return steps.filter(({ edits }) => edits.length > 0);
}

/** How a conflict ends; absent for yours. */
type Choose = (conflict: MergeConflict) => MergeChoice | undefined;

/** Takes one step after the other and says what each is on top of the other's work. */
function mergedStates(base: Profile, theirs: ChangedProfile, choose: Choose) {
  const other = { origins: pairedOrigins(base, theirs.profile), ...theirs };
  let made: readonly ProfileEdit[] = [];
  let mine = base;
  let merged = theirs.profile;
  return (edits: readonly ProfileEdit[]): readonly ProfileEdit[] => {
    if (edits.length === 0) return edits;
    const next = applyEdits(mine, edits);
    if (!next.ok) return [];
    made = [...made, ...edits];
    mine = next.value;
    const yours = { profile: mine, origins: trackedOrigins(base, made) };
    const before = merged;
    const merge = mergeProfiles(base, other, yours);
    const choices = merge.conflicts.flatMap((conflict) => {
      const choice = choose(conflict);
      return choice === undefined ? [] : [[conflict.id, choice] as const];
    });
    merged = resolveMerge(merge, new Map(choices));
    return editsBetween(before, merged);
  };
}

/** Edits that our doors take; a rule that only storage may hold can be kept in a list, but not added alone. */
export function editsBetween(before: Profile, after: Profile): readonly ProfileEdit[] {
  const edits = diffProfiles(before, after);
  if (after.rules.kind !== "valid" || edits.every((edit) => parseProfileEdit(edit).ok)) return edits;
  const { inbound, outbound } = after.rules.value;
  const others = edits.filter((edit) => !("direction" in edit));
  return [...others, { kind: "replace-rules", inbound, outbound }];
}
