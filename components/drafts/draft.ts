import { canonicalKey } from "#policy/canonical-rule.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { isEmptySidecar } from "#policy/sidecar/sidecar.ts";
import { isSameVersion, type SeenVersion } from "#web/queries/profile-versions.ts";

/** A profile as it was read, and the version to compare on save. */
export type SeenProfile = { readonly profile: Profile; readonly version: SeenVersion };

/**
 * What one undo takes back: the edits of one gesture. Steps of one `series` that follow each other (the letters typed
 * into one field) are one step.
 */
export type DraftStep = { readonly edits: readonly ProfileEdit[]; readonly series?: string };

/** Edits of one profile that are not saved yet, what they were made on, and what can be taken back or done again. */
export type Draft = {
  readonly base: SeenProfile;
  /** Edits from before the steps that can still be taken back. */
  readonly settled: readonly ProfileEdit[];
  /** What can be taken back, the last one first. */
  readonly steps: readonly DraftStep[];
  /** What was taken back, the last one first to be done again. */
  readonly undone: readonly DraftStep[];
  /** What a save sends: all edits in order; none when they lead back to where they began. */
  readonly edits: readonly ProfileEdit[];
  /** The profile as the draft makes it. */
  readonly profile: Profile;
  /**
   * Another for every state of a draft and the same for every attempt to save that state, so that the store recognises
   * its own write after a time-out.
   */
  readonly requestId: string;
  /** The states before this one, newest last: another tab sees whether it went on from its own. */
  readonly lineage: readonly string[];
};

/** What a card shows of one profile. */
export type ProfileView = {
  readonly profile: Profile;
  /** The stored profile; absent when it was removed while a draft of it is kept here. */
  readonly live?: SeenProfile;
  /** Absent when there is nothing to save. */
  readonly draft?: Draft;
  /** Someone else saved after the draft was begun. */
  readonly isStale: boolean;
};

/** Puts the stored profile and its draft together. */
export function profileView(live: SeenProfile | undefined, draft: Draft | undefined): ProfileView | undefined {
  if (draft === undefined || draft.edits.length === 0) return live && { profile: live.profile, live, isStale: false };
  // What is stored is what the draft wanted: it was saved, here or in another tab.
  if (live !== undefined && isSameProfile(draft.profile, live.profile)) {
    return { profile: live.profile, live, isStale: false };
  }
  return {
    profile: draft.profile,
    draft,
    isStale: live === undefined || !isSameVersion(live.version, draft.base.version),
    ...(live === undefined ? {} : { live }),
  };
}

/** True when a kept draft has nothing more to say: it was saved, or it is empty and the profile went on without it. */
export function isSettled(live: SeenProfile | undefined, draft: Draft): boolean {
  const isOnNewest = live !== undefined && isSameVersion(live.version, draft.base.version);
  if (draft.edits.length === 0) return !isOnNewest;
  return live !== undefined && !isOnNewest && isSameProfile(draft.profile, live.profile);
}

/** True when two profiles hold the same tags and equal rules in the same order, and the same beside them. */
export function isSameProfile(a: Profile, b: Profile): boolean {
  return a === b || formatForComparison(a) === formatForComparison(b);
}

function formatForComparison({ tags, rules, sidecar }: Profile): string {
  return JSON.stringify([
    tags.kind === "invalid" ? tags.text : tags.kind === "valid" ? tags.value : null,
    rules.kind === "invalid" ? rules.text : rules.kind === "valid" ? keysOf(rules.value) : null,
    sidecar?.kind === "valid" && !isEmptySidecar(sidecar.value) ? sidecar.value : null,
  ]);
}

function keysOf({ inbound, outbound }: { readonly inbound: readonly Rule[]; readonly outbound: readonly Rule[] }) {
  return [inbound.map(canonicalKey), outbound.map(canonicalKey)];
}
