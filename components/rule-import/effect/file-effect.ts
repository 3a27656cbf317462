import { applyEdit } from "#policy/edit/apply-edit.ts";
import { combineRules } from "#policy/edit/combine-rules.ts";
import { newProfile } from "#policy/new-profile.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { ImportFile } from "../import-state.ts";
import type { RuleChange } from "./rule-change.ts";
import { ruleChanges } from "./rule-changes.ts";

/** What one file would do to its profile. */
export type FileEffect = {
  readonly file: ImportFile;
  readonly profileId: ProfileId;
  readonly isNew: boolean;
  /** Stored rules that cannot be read can be replaced, not combined with. */
  readonly isUnreadable: boolean;
  readonly after: Profile;
  readonly inbound: readonly RuleChange[];
  readonly outbound: readonly RuleChange[];
};

/** The effect of a file that is settled on the profile as it is now; the server computes the same again on apply. */
export function fileEffect(file: ImportFile, profileId: ProfileId, snapshot: Snapshot): FileEffect | undefined {
  if (file.parse.kind !== "parsed" || file.parse.rules === undefined) return undefined;
  const stored = snapshot.profiles.get(profileId);
  const before = rulesOf(stored);
  const { inbound, outbound } = combineRules(before, file.parse.rules, file.modes);
  const replaced = applyEdit(stored ?? newProfile(profileId), { kind: "replace-rules", inbound, outbound });
  if (!replaced.ok) return undefined;
  const after = replaced.value;
  const written = rulesOf(after);
  const isReplacing = file.modes.inbound === "replace" && file.modes.outbound === "replace";
  return {
    file,
    profileId,
    isNew: stored === undefined,
    isUnreadable: stored?.rules.kind === "invalid" && !isReplacing,
    after,
    inbound: ruleChanges(before.inbound, written.inbound),
    outbound: ruleChanges(before.outbound, written.outbound),
  };
}

const NO_RULES: readonly Rule[] = [];

function rulesOf(profile: Profile | undefined): ProfileRules {
  return profile?.rules.kind === "valid" ? profile.rules.value : { inbound: NO_RULES, outbound: NO_RULES };
}
