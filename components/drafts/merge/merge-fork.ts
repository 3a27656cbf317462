import type { ChangedProfile } from "#policy/merge/merge-profiles.ts";
import { trackedOrigins } from "#policy/merge/rule-origins.ts";
import type { Draft } from "../draft.ts";
import { draftOf, nextName } from "../store/draft-history.ts";
import { stepsOnto } from "./merge-draft.ts";

/** Two tabs of one person changed a draft at the same time; `begun` is what both went on from, if this tab remembers. */
type Fork = { readonly begun: Draft | undefined; readonly theirs: Draft; readonly mine: Draft };

/** The other tab's draft with the steps of this one on top: all of both, and each can be taken back. */
export function mergeFork({ begun, theirs, mine }: Fork): Draft {
  const isGrown = begun !== undefined && isStart(begun, mine);
  const from = isGrown ? begun.profile : mine.base.profile;
  const made = isGrown ? mine.steps.slice(begun.steps.length) : [{ edits: mine.settled }, ...mine.steps];
  const steps = stepsOnto(from, changedSince(begun, theirs), made);
  if (steps.length === 0) return theirs;
  const { base, settled } = theirs;
  const merged = draftOf({ base, settled, steps: [...theirs.steps, ...steps], undone: [] }, nextName(theirs));
  return merged.ok ? merged.value : theirs;
}

/** What another tab made, and where its rules come from as far as its steps tell. */
function changedSince(begun: Draft | undefined, theirs: Draft): ChangedProfile {
  const { profile, steps } = theirs;
  if (begun === undefined || !isStart(begun, theirs)) return { profile };
  const edits = steps.slice(begun.steps.length).flatMap((step) => step.edits);
  return { profile, origins: trackedOrigins(begun.profile, edits) };
}

function isStart(begun: Draft, grown: Draft): boolean {
  const start = [grown.settled, grown.steps.slice(0, begun.steps.length), grown.base.version];
  return JSON.stringify([begun.settled, begun.steps, begun.base.version]) === JSON.stringify(start);
}
