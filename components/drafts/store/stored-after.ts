import type { Profile } from "#policy/profile.ts";
import { isEmptySidecar } from "#policy/sidecar/sidecar.ts";
import type { SeenProfile } from "../draft.ts";

/** What is stored once a save of a profile took effect: only a leaf that changed got the new revision. */
export function storedAfter(
  before: SeenProfile,
  { revision, profile }: { readonly revision: number; readonly profile: Profile },
): SeenProfile {
  const versionOf = (leaf: "tags" | "rules" | "sidecar") =>
    JSON.stringify(before.profile[leaf]) === JSON.stringify(profile[leaf]) ? before.version[leaf] : revision;
  // Nothing to keep beside the rules is no key at all.
  const isBeside = profile.sidecar?.kind === "valid" && !isEmptySidecar(profile.sidecar.value);
  const sidecar = isBeside || profile.sidecar?.kind === "invalid" ? versionOf("sidecar") : 0;
  return { profile, version: { tags: versionOf("tags"), rules: versionOf("rules"), sidecar } };
}
