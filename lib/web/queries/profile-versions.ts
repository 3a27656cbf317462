import { type PolicyKey, parsePolicyKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** The etcd revisions a profile and what is beside it were read at, 0 for a key that does not exist: what a save compares. */
export type SeenVersion = { readonly tags: number; readonly rules: number; readonly sidecar: number };

/** Of a profile that is not there. */
export const NEVER_SEEN: SeenVersion = { tags: 0, rules: 0, sidecar: 0 };

const LEAVES: { readonly [kind in PolicyKey["kind"]]?: keyof SeenVersion } = {
  "profile-tags": "tags",
  "profile-rules": "rules",
  "profile-sidecar": "sidecar",
};

export type ProfileVersions = ReadonlyMap<ProfileId, SeenVersion>;

type SeenEntry = { readonly key: string; readonly value?: string; readonly modRevision: number };

/** The versions after these entries or changes; a profile whose keys are all gone is not in the map. */
export function profileVersions(seen: readonly SeenEntry[], before: ProfileVersions = new Map()): ProfileVersions {
  const versions = new Map(before);
  for (const { key, value, modRevision } of seen) {
    const parsed = parsePolicyKey(key);
    const leaf = parsed === undefined ? undefined : LEAVES[parsed.kind];
    if (leaf === undefined || !parsed || !("id" in parsed)) continue;
    const next = { ...(versions.get(parsed.id) ?? NEVER_SEEN), [leaf]: value === undefined ? 0 : modRevision };
    if (isSameVersion(next, NEVER_SEEN)) versions.delete(parsed.id);
    else versions.set(parsed.id, next);
  }
  return versions;
}

/** True when nobody wrote one of the keys in between. */
export function isSameVersion(a: SeenVersion, b: SeenVersion): boolean {
  return a.tags === b.tags && a.rules === b.rules && a.sidecar === b.sidecar;
}
