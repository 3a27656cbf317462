import { useEffect } from "react";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Draft } from "./draft.ts";
import { newestDraft, writeDraft } from "./draft-store.ts";

/** A saved draft stays on screen until its revision has come back, so that nothing flickers to the old state. */
type Settlement = { readonly revision: number; readonly rest: (now: Draft) => Draft | undefined };

const waiting = new Map<ProfileId, Settlement>();
let seenRevision = 0;

/** Takes a saved draft away as soon as the policy on screen holds it; what was added to it meanwhile stays a draft. */
export function settleWhenSeen(id: ProfileId, settlement: Settlement): void {
  waiting.set(id, settlement);
  settle();
}

/** True while a save of the profile is stored but not yet on screen. */
export function isSettling(id: ProfileId): boolean {
  return waiting.has(id);
}

/** Tells which revision is on screen. One per tab. */
export function useSettleSaved(revision: number | undefined): void {
  useEffect(() => {
    seenRevision = revision ?? 0;
    settle();
  }, [revision]);
}

function settle(): void {
  for (const [id, { revision, rest }] of waiting) {
    if (revision > seenRevision) continue;
    waiting.delete(id);
    const now = newestDraft(id);
    if (now !== undefined) writeDraft(id, rest(now));
  }
}
