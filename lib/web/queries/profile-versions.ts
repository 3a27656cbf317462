import { parsePolicyKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** The etcd revisions a profile was read at, 0 for a key that does not exist: what a save compares. */
export type SeenVersion = { readonly tags: number; readonly rules: number };

export type ProfileVersions = ReadonlyMap<ProfileId, SeenVersion>;

type SeenEntry = { readonly key: string; readonly value?: string; readonly modRevision: number };

/** The versions after these entries or changes; a profile whose keys are both gone is not in the map. */
export function profileVersions(seen: readonly SeenEntry[], before: ProfileVersions = new Map()): ProfileVersions {
  const versions = new Map(before);
  for (const { key, value, modRevision } of seen) {
    const parsed = parsePolicyKey(key);
    if (parsed?.kind !== "profile-tags" && parsed?.kind !== "profile-rules") continue;
    const leaf = parsed.kind === "profile-tags" ? "tags" : "rules";
    const next = {
      ...(versions.get(parsed.id) ?? { tags: 0, rules: 0 }),
      [leaf]: value === undefined ? 0 : modRevision,
    };
    if (next.tags === 0 && next.rules === 0) versions.delete(parsed.id);
    else versions.set(parsed.id, next);
  }
  return versions;
}

/** True when nobody wrote either key in between. */
export function isSameVersion(a: SeenVersion, b: SeenVersion): boolean {
  return a.tags === b.tags && a.rules === b.rules;
}
