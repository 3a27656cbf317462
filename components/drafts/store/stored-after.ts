import type { Profile } from "#policy/profile.ts";
import type { SeenProfile } from "../draft.ts";

/** What is stored once a save of a profile took effect: only a leaf that changed got the new revision. */
export function storedAfter(
  before: SeenProfile,
  { revision, profile }: { readonly revision: number; readonly profile: Profile },
): SeenProfile {
  const versionOf = (leaf: "tags" | "rules") =>
    JSON.stringify(before.profile[leaf]) === JSON.stringify(profile[leaf]) ? before.version[leaf] : revision;
  return { profile, version: { tags: versionOf("tags"), rules: versionOf("rules") } };
}
