import type { MergeChoice, MergeChoices, MergeConflict, ProfileMerge } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { isSameVersion } from "#web/queries/profile-versions.ts";
import type { Draft, SeenProfile } from "../draft.ts";
import { askEffect } from "../effect/ask-effect.ts";
import { mergeOfDraft } from "./merge-draft.ts";

/** A draft on what someone else saved meanwhile: what is decided, and what only a person can decide. */
export type MergeAttempt = {
  readonly draft: Draft;
  readonly onto: SeenProfile;
  readonly merge: ProfileMerge;
  /** Both orders have the same effect, so one was taken. */
  readonly settled: MergeChoices;
  readonly open: readonly MergeConflict[];
};

/**
 * Merges, and takes yours of two orders where the judge says that it makes no difference to what is reachable. What both
 * wrote about one rule is never decided without a person: one of the two would be lost.
 */
export async function attemptMerge(draft: Draft, onto: SeenProfile, snapshot: Snapshot): Promise<MergeAttempt> {
  const merge = mergeOfDraft(draft, onto);
  const settled = new Map<string, MergeChoice>();
  const open: MergeConflict[] = [];
  for (const conflict of merge.conflicts) {
    if (await isIndifferent(merge, conflict, snapshot)) settled.set(conflict.id, { kind: "yours" });
    else open.push(conflict);
  }
  return { draft, onto, merge, settled, open };
}

/** True when the order may be either one, whichever way all other conflicts end. */
async function isIndifferent(merge: ProfileMerge, { id, kind }: MergeConflict, snapshot: Snapshot): Promise<boolean> {
  if (kind !== "order") return false;
  for (const others of ["yours", "theirs"] as const) {
    const choices = new Map<string, MergeChoice>(merge.conflicts.map((each) => [each.id, { kind: others }]));
    const ended = (choice: "theirs" | "yours") => resolveMerge(merge, new Map(choices).set(id, { kind: choice }));
    const effect = await askEffect(snapshot, ended("theirs"), ended("yours"));
    if (effect === undefined || effect.opens.length + effect.closes.length > 0) return false;
  }
  return true;
}

/** `overtaken`: the draft was changed meanwhile, and that state has its own turn. */
export type Merged = { readonly kind: "merged"; readonly draft: Draft } | { readonly kind: "to-decide" | "overtaken" };

/** Live news may have led to the very same merge already: then a save goes on with that. */
export function overtaken({ requestId, base }: Draft, now: Draft | undefined): Merged {
  const isMerge = now?.lineage.at(-1) === requestId && !isSameVersion(now.base.version, base.version);
  return isMerge ? { kind: "merged", draft: now } : { kind: "overtaken" };
}
