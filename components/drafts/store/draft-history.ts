import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { type Draft, type DraftStep, isSameProfile, type SeenProfile } from "../draft.ts";
import { newRequestId } from "../new-request-id.ts";

/** How many steps can be taken back; older ones stay edits of the draft. */
export const MAX_STEPS = 50;

/** Earlier states that are named in a draft; a tab that is further behind merges. */
const MAX_LINEAGE = 30;

/** What a draft is made of; the rest follows from it. */
export type DraftParts = Pick<Draft, "base" | "settled" | "steps" | "undone">;

type Next = Partial<DraftParts> & { readonly profile?: Profile };

/** A draft of these parts; refused when their edits cannot be applied to the base. */
export function draftOf(
  parts: DraftParts,
  named?: Pick<Draft, "requestId" | "lineage">,
  known?: Profile,
): Result<Draft, EditError> {
  const edits = [...parts.settled, ...parts.steps.flatMap((step) => step.edits)];
  const applied = known === undefined ? applyEdits(parts.base.profile, edits) : ok(known);
  if (!applied.ok) return err(applied.error.error);
  const isBack = isSameProfile(applied.value, parts.base.profile);
  const names = named ?? { requestId: newRequestId(), lineage: [] };
  return ok({ ...parts, ...names, edits: isBack ? [] : edits, profile: applied.value });
}

/** The draft with one more step, and nothing left to do again. Nothing changed when an edit cannot be applied. */
export function withStep(before: Draft | undefined, base: SeenProfile, step: DraftStep): Result<Draft, EditError> {
  const applied = applyEdits(before?.profile ?? base.profile, step.edits);
  if (!applied.ok) return err(applied.error.error);
  if (before === undefined) {
    return draftOf({ base, settled: [], steps: [step], undone: [] }, undefined, applied.value);
  }
  const hasBeside = before.profile.sidecar?.kind === "valid";
  const shorten = hasBeside ? (edits: readonly ProfileEdit[]) => edits : withoutOverwritten;
  const parts = folded(before, joined(before.steps, step, shorten), shorten);
  return after(before, { ...parts, undone: [], profile: applied.value });
}

/** Takes the last step back; the very same draft when there is none. */
export function undoStep(draft: Draft): Draft {
  const step = draft.steps.at(-1);
  if (step === undefined) return draft;
  return sure(after(draft, { steps: draft.steps.slice(0, -1), undone: [...draft.undone, step] }));
}

/** Does again what was taken back last; the very same draft when there is nothing. */
export function redoStep(draft: Draft): Draft {
  const step = draft.undone.at(-1);
  if (step === undefined) return draft;
  return sure(after(draft, { steps: [...draft.steps, step], undone: draft.undone.slice(0, -1) }));
}

/** Takes everything back; it can be done again. */
export function undoAll(draft: Draft): Draft {
  const settled = draft.settled.length === 0 ? [] : [{ edits: draft.settled }];
  return sure(
    after(draft, { settled: [], steps: [], undone: [...draft.undone, ...draft.steps.toReversed(), ...settled] }),
  );
}

function after(before: Draft, { profile, ...next }: Next): Result<Draft, EditError> {
  const { base, settled, steps, undone } = { ...before, ...next };
  return draftOf({ base, settled, steps, undone }, nextName(before), profile);
}

/** The name of the state that follows on this one. */
export function nextName(before: Draft): Pick<Draft, "requestId" | "lineage"> {
  return { requestId: newRequestId(), lineage: [...before.lineage, before.requestId].slice(-MAX_LINEAGE) };
}

type Shorten = (edits: readonly ProfileEdit[]) => readonly ProfileEdit[];

function joined(steps: readonly DraftStep[], step: DraftStep, shorten: Shorten): readonly DraftStep[] {
  const last = steps.at(-1);
  if (last?.series === undefined || last.series !== step.series) return [...steps, step];
  return steps.with(-1, { ...step, edits: shorten(withoutRetyped([...last.edits, ...step.edits])) });
}

/** Edits without those that the very next one makes void: a field writes the same rule anew with every letter. */
function withoutRetyped(edits: readonly ProfileEdit[]): readonly ProfileEdit[] {
  return edits.filter((edit, index) => {
    const next = edits[index + 1];
    if (next === undefined || (edit.kind !== "replace-rule" && edit.kind !== "comment-rule")) return true;
    return next.kind !== edit.kind || next.direction !== edit.direction || next.at !== edit.at;
  });
}

/** The oldest steps become edits that are no longer taken back. */
function folded({ settled }: Draft, steps: readonly DraftStep[], shorten: Shorten): Pick<Draft, "settled" | "steps"> {
  const surplus = Math.max(0, steps.length - MAX_STEPS);
  if (surplus === 0) return { settled, steps };
  const old = steps.slice(0, surplus).flatMap((step) => step.edits);
  return { settled: shorten([...settled, ...old]), steps: steps.slice(surplus) };
}

/** Edits without those that a later replacement of the whole makes void: text typed into a list would pile up. */
function withoutOverwritten(edits: readonly ProfileEdit[]): readonly ProfileEdit[] {
  // What is beside the rules names them by position: without an edit before it, it would be about another rule.
  if (edits.some((edit) => !RULE_EDITS.has(edit.kind) && !TAG_EDITS.has(edit.kind))) return edits;
  const lastRules = edits.findLastIndex((edit) => edit.kind === "replace-rules");
  const lastTags = edits.findLastIndex((edit) => edit.kind === "replace-tags");
  return edits.filter((edit, index) => index >= (TAG_EDITS.has(edit.kind) ? lastTags : lastRules));
}

type EditKind = ProfileEdit["kind"];

const TAG_EDITS: ReadonlySet<EditKind> = new Set<EditKind>(["add-tag", "remove-tag", "replace-tags"]);

const RULE_EDITS: ReadonlySet<EditKind> = new Set<EditKind>([
  "insert-rule",
  "remove-rule",
  "remove-equal",
  "replace-rule",
  "move-rule",
  "replace-rules",
]);

/** Steps that were applied once in this order can be applied again. */
function sure(draft: Result<Draft, EditError>): Draft {
  if (!draft.ok) throw new Error(`a step of a draft cannot be repeated: ${draft.error.kind}`);
  return draft.value;
}
