import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** The edits that rename a tag in one profile. */
export type TagRenaming = {
  readonly profileId: ProfileId;
  readonly edits: readonly ProfileEdit[];
  readonly isHolder: boolean;
  readonly ruleCount: number;
};

const TAG_FIELDS = ["src_tag", "dst_tag", "!src_tag", "!dst_tag"] as const;
const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/**
 * What renaming a tag takes: every holder holds it by its new name at the same place, every rule that names it, in either
 * polarity, names the new one, and nothing else of a rule is touched. Profiles without it have no part in it.
 */
export function renameTag(profiles: Iterable<Profile>, from: Tag, to: Tag): readonly TagRenaming[] {
  return [...profiles].flatMap((profile) => {
    const { tags } = profile;
    const isHolder = tags.kind === "valid" && tags.value.includes(from);
    const held: readonly ProfileEdit[] = isHolder
      ? [{ kind: "replace-tags", tags: tags.value.map((tag) => (tag === from ? to : tag)) }]
      : [];
    const rules = DIRECTIONS.flatMap((direction) => ruleEdits(profile, { direction, from, to }));
    if (!isHolder && rules.length === 0) return [];
    return [{ profileId: profile.id, edits: [...held, ...rules], isHolder, ruleCount: rules.length }];
  });
}

/** Profiles whose stored values cannot be read but hold the name somewhere: a renaming leaves them as they are. */
export function unreadableMentions(profiles: Iterable<Profile>, tag: Tag): readonly ProfileId[] {
  return [...profiles].flatMap(({ id, tags, rules }) =>
    [tags, rules].some((leaf) => leaf.kind === "invalid" && leaf.text.includes(`"${tag}"`)) ? [id] : [],
  );
}

type Renaming = { readonly direction: Direction; readonly from: Tag; readonly to: Tag };

function ruleEdits({ rules }: Profile, { direction, from, to }: Renaming): readonly ProfileEdit[] {
  if (rules.kind !== "valid") return [];
  return rules.value[direction].flatMap((rule, index): readonly ProfileEdit[] => {
    const renamed = renameIn(rule, from, to);
    return renamed === rule ? [] : [{ kind: "replace-rule", direction, at: index + 1, rule: renamed }];
  });
}

/** The rule as it was written, key by key, with the tag by its new name. */
function renameIn(rule: Rule, from: Tag, to: Tag): Rule {
  const fields = TAG_FIELDS.filter((field) => rule[field] === from);
  if (fields.length === 0) return rule;
  const renamed = parseStoredRule({ ...rule, ...Object.fromEntries(fields.map((field) => [field, to])) });
  if (!renamed.ok) throw new Error("A rule with another tag is as valid as before");
  return renamed.value;
}
