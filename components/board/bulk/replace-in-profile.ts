import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { renameTag } from "#policy/edit/rename-tag.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { parsePortEntry } from "#policy/port-range.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, PortRange, Rule } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** What is put in the place of what, wherever it stands in a profile. */
export type Replacement =
  | { readonly kind: "port"; readonly from: PortRange; readonly to: PortRange }
  | { readonly kind: "tag"; readonly from: Tag; readonly to: Tag };

const PORT_FIELDS = ["src_ports", "dst_ports", "!src_ports", "!dst_ports"] as const;
const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];

/**
 * The edits that replace a port or a tag in one profile; none when it does not stand there. A port is replaced where it is
 * written as such: a range that merely contains it says more than the port, and stays.
 */
export function replaceInProfile(profile: Profile, replacement: Replacement): readonly ProfileEdit[] {
  if (replacement.kind === "tag") return replaceTag(profile, replacement);
  const { rules } = profile;
  if (rules.kind !== "valid") return [];
  return DIRECTIONS.flatMap((direction) =>
    rules.value[direction].flatMap((rule, index): readonly ProfileEdit[] => {
      const replaced = replacePort(rule, replacement);
      return replaced === rule ? [] : [{ kind: "replace-rule", direction, at: index + 1, rule: replaced }];
    }),
  );
}

function replaceTag(profile: Profile, { from, to }: Extract<Replacement, { kind: "tag" }>): readonly ProfileEdit[] {
  const [renaming] = renameTag([profile], from, to);
  const holdsBoth = profile.tags.kind === "valid" && profile.tags.value.includes(to);
  return (renaming?.edits ?? []).map((edit) =>
    edit.kind === "replace-tags" && holdsBoth ? { kind: "remove-tag", tag: from } : edit,
  );
}

function replacePort(rule: Rule, { from, to }: Extract<Replacement, { kind: "port" }>): Rule {
  const changed: Record<string, readonly unknown[]> = {};
  for (const field of PORT_FIELDS) {
    const entries: unknown = rule[field];
    if (!Array.isArray(entries) || !entries.some((entry) => isRange(entry, from))) continue;
    const kept = entries.filter((entry) => !isRange(entry, to));
    changed[field] = kept.map((entry: unknown) => (isRange(entry, from) ? portEntry(to) : entry));
  }
  if (Object.keys(changed).length === 0) return rule;
  const replaced = parseStoredRule({ ...rule, ...changed });
  if (!replaced.ok) throw new Error("A rule with another port is as valid as before");
  return replaced.value;
}

function isRange(entry: unknown, [lo, hi]: PortRange): boolean {
  const range = parsePortEntry(entry);
  return range !== undefined && range[0] === lo && range[1] === hi;
}

function portEntry([lo, hi]: PortRange): number | string {
  return lo === hi ? lo : `${lo}:${hi}`;
}
