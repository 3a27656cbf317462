import { canonicalKey } from "#policy/canonical-rule.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";

/**
 * The edits that make a profile's rules be as a text says. A rule that says the same as one that is there stays as it is
 * stored: another order of keys is no change.
 */
export function editsOfJson(profile: Profile, written: ProfileRules): readonly ProfileEdit[] {
  const { tags, id } = profile;
  const before = profile.rules.kind === "valid" ? profile.rules.value : { inbound: [], outbound: [] };
  const listOf = (direction: Direction) => asStored(before[direction], written[direction]);
  const rules = { ...before, inbound: listOf("inbound"), outbound: listOf("outbound") };
  return diffProfiles({ id, tags, rules: profile.rules }, { id, tags, rules: { kind: "valid", value: rules } });
}

function asStored(before: readonly Rule[], written: readonly Rule[]): readonly Rule[] {
  const storedByKey = new Map<string, Rule[]>();
  for (const rule of before) {
    const key = canonicalKey(rule);
    storedByKey.set(key, [...(storedByKey.get(key) ?? []), rule]);
  }
  return written.map((rule) => storedByKey.get(canonicalKey(rule))?.shift() ?? rule);
}
