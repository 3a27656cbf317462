import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import type { StoredValues } from "#store/change/plan-commit.ts";
import type { VersionedProfile } from "#store/policy-store.ts";

const MISSING = { kind: "missing" } as const;

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
