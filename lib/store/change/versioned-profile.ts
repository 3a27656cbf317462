import { profileRulesKey, profileSidecarKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import type { StoredValues } from "#store/change/plan-commit.ts";
import type { VersionedProfile, VersionedSidecar } from "#store/policy-store.ts";

const MISSING = { kind: "missing" } as const;

/** What is stored under the key beside a profile. */
export function versionedSidecar(id: ProfileId, stored: StoredValues): VersionedSidecar {
  const value = stored.get(profileSidecarKey(id));
  return value === undefined
    ? { sidecar: MISSING, modRevision: 0 }
    : { sidecar: parseSidecarValue(value.text), modRevision: value.modRevision };
}

/** The profile under its two keys, with the revisions to compare on save; `undefined` when neither exists. */
export function versionedProfile(id: ProfileId, stored: StoredValues): VersionedProfile | undefined {
  const tags = stored.get(profileTagsKey(id));
  const rules = stored.get(profileRulesKey(id));
  if (tags === undefined && rules === undefined) return undefined;
  return {
    profile: {
      id,
      tags: tags === undefined ? MISSING : parseTagsValue(tags.text),
      rules: rules === undefined ? MISSING : parseRulesValue(rules.text),
    },
    version: { tags: tags?.modRevision ?? 0, rules: rules?.modRevision ?? 0 },
  };
}
