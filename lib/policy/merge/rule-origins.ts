import { equalRules } from "#policy/canonical-rule.ts";
import { pairRules } from "#policy/edit/pair-rules.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** For each rule of a list: the index of the rule of the base it comes from; absent for one that was added. */
export type Origins = readonly (number | undefined)[];

export type RuleOrigins = Readonly<Record<Direction, Origins>>;

/** Where rules come from, as far as two lists tell: equal ones, and what was changed in its place. */
export function pairedOrigins(base: Profile, after: Profile): RuleOrigins {
  const pair = (direction: Direction) => pairRules(rulesOf(base, direction), rulesOf(after, direction)).sources;
  return { inbound: pair("inbound"), outbound: pair("outbound") };
}

type Tracked = { readonly rule: Rule; readonly origin: number | undefined };
type Lists = Record<Direction, readonly Tracked[]>;

/** Where rules come from, as the edits themselves tell: a rule that was both moved and changed is still known. */
export function trackedOrigins(base: Profile, edits: readonly ProfileEdit[]): RuleOrigins {
  const lists: Lists = { inbound: tracked(base, "inbound"), outbound: tracked(base, "outbound") };
  for (const edit of edits) {
    if (edit.kind === "replace-rules") {
      lists.inbound = replaced(lists.inbound, edit.inbound);
      lists.outbound = replaced(lists.outbound, edit.outbound);
    } else if ("direction" in edit) lists[edit.direction] = afterEdit(lists[edit.direction], edit);
  }
  const origins = (list: readonly Tracked[]) => list.map(({ origin }) => origin);
  return { inbound: origins(lists.inbound), outbound: origins(lists.outbound) };
}

/** The rules of one direction; none where they are missing or cannot be read. */
export function rulesOf({ rules }: Profile, direction: Direction): readonly Rule[] {
  return rules.kind === "valid" ? rules.value[direction] : [];
}

function tracked(profile: Profile, direction: Direction): readonly Tracked[] {
  return rulesOf(profile, direction).map((rule, origin) => ({ rule, origin }));
}

function replaced(before: readonly Tracked[], rules: readonly Rule[]): readonly Tracked[] {
  const { sources } = pairRules(
    before.map(({ rule }) => rule),
    rules,
  );
  return rules.map((rule, index) => {
    const source = sources[index];
    return { rule, origin: source === undefined ? undefined : before[source]?.origin };
  });
}

type ListEdit = Extract<ProfileEdit, { readonly direction: Direction }>;

function afterEdit(list: readonly Tracked[], edit: ListEdit): readonly Tracked[] {
  switch (edit.kind) {
    case "insert-rule":
    case "restore-rule":
      return list.toSpliced((edit.at ?? list.length + 1) - 1, 0, { rule: edit.rule, origin: undefined });
    case "remove-rule":
    case "park-rule":
      return list.toSpliced(edit.at - 1, 1);
    case "remove-equal":
      return list.toSpliced(
        list.findIndex(({ rule }) => equalRules(rule, edit.rule)),
        1,
      );
    case "replace-rule":
      return list.with(edit.at - 1, { rule: edit.rule, origin: list[edit.at - 1]?.origin });
    case "move-rule":
      return list.toSpliced(edit.from - 1, 1).toSpliced(edit.to - 1, 0, ...list.slice(edit.from - 1, edit.from));
    case "comment-rule":
    case "comment-parked":
    case "remove-parked":
      return list;
    default:
      return assertNever(edit);
  }
}
