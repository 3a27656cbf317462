import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { err, type Result } from "#prelude/result.ts";
import { isSameVersion, type SeenVersion } from "#web/queries/profile-versions.ts";

/** A profile as it was read, and the version to compare on save. */
export type SeenProfile = { readonly profile: Profile; readonly version: SeenVersion };

/** Edits of one profile that are not saved yet, and what they were made on. */
export type Draft = {
  readonly base: SeenProfile;
  readonly edits: readonly ProfileEdit[];
  /** The same for every attempt to save these edits, so that the store recognises its own write after a time-out. */
  readonly requestId: string;
};

/** What a card shows of one profile. */
export type ProfileView = {
  readonly profile: Profile;
  /** The stored profile; absent when it was removed while a draft of it is kept here. */
  readonly live?: SeenProfile;
  readonly draft?: Draft;
  /** Someone else saved after the draft was begun. */
  readonly isStale: boolean;
};

/** The profile as the draft would make it. */
export function draftedProfile({ base, edits }: Draft): Result<Profile, EditError> {
  const drafted = applyEdits(base.profile, edits);
  return drafted.ok ? drafted : err(drafted.error.error);
}

/** Puts the stored profile and its draft together. */
export function profileView(live: SeenProfile | undefined, draft: Draft | undefined): ProfileView | undefined {
  if (draft === undefined) return live && { profile: live.profile, live, isStale: false };
  const drafted = draftedProfile(draft);
  // What is stored is what the draft wanted: it was saved, here or in another tab.
  if (live !== undefined && drafted.ok && isSameProfile(drafted.value, live.profile)) {
    return { profile: live.profile, live, isStale: false };
  }
  return {
    profile: drafted.ok ? drafted.value : draft.base.profile,
    draft,
    isStale: live === undefined || !isSameVersion(live.version, draft.base.version),
    ...(live === undefined ? {} : { live }),
  };
}

/** Takes the saved edits off a draft that grew while they were being saved; the rest stands on what was saved. */
export function draftAfterSave(
  saved: Draft,
  now: Draft,
  answer: { readonly revision: number; readonly profile: Profile },
): Draft {
  const { tags, rules } = saved.base.version;
  const { profile: before } = saved.base;
  const version = {
    tags: JSON.stringify(before.tags) === JSON.stringify(answer.profile.tags) ? tags : answer.revision,
    rules: JSON.stringify(before.rules) === JSON.stringify(answer.profile.rules) ? rules : answer.revision,
  };
  return { ...now, base: { profile: answer.profile, version }, edits: now.edits.slice(saved.edits.length) };
}

/** True when two profiles hold the same tags in the same order and equal rules in the same order. */
export function isSameProfile(a: Profile, b: Profile): boolean {
  return formatForComparison(a) === formatForComparison(b);
}

function formatForComparison({ tags, rules }: Profile): string {
  return JSON.stringify([
    tags.kind === "invalid" ? tags.text : tags.kind === "valid" ? tags.value : null,
    rules.kind === "invalid" ? rules.text : rules.kind === "valid" ? keysOf(rules.value) : null,
  ]);
}

function keysOf({ inbound, outbound }: { readonly inbound: readonly Rule[]; readonly outbound: readonly Rule[] }) {
  return [inbound.map(canonicalKey), outbound.map(canonicalKey)];
}
