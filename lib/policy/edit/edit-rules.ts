import { equalRules } from "#policy/canonical-rule.ts";
import type { EditError, ProfileEdit, SidecarEdit } from "#policy/edit/profile-edit.ts";
import type { Leaf, ProfileRules } from "#policy/profile.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Edits of the rules value alone. */
export type RulesEdit = Exclude<
  ProfileEdit,
  SidecarEdit | { readonly kind: "add-tag" | "remove-tag" | "replace-tags" }
>;
type ListEdit = Exclude<RulesEdit, { readonly kind: "replace-rules" }>;
type EditOf<K extends RulesEdit["kind"]> = Extract<RulesEdit, { readonly kind: K }>;
type Rules = readonly Rule[];

/** The rules value after an edit of rules. The direction not edited, and unknown top-level keys, are kept. */
export function editRules(leaf: Leaf<ProfileRules>, edit: RulesEdit): Result<ProfileRules, EditError> {
  if (edit.kind === "replace-rules") {
    const kept = leaf.kind === "valid" ? leaf.value : {};
    return ok({ ...kept, inbound: edit.inbound, outbound: edit.outbound });
  }
  if (leaf.kind === "invalid") return err({ kind: "stored-invalid", leaf: "rules" });
  const rules = leaf.kind === "valid" ? leaf.value : { inbound: [], outbound: [] };
  const list = editList(rules[edit.direction], edit);
  return list.ok ? ok(withDirection(rules, edit.direction, list.value)) : list;
}

function withDirection(rules: ProfileRules, direction: Direction, list: Rules): ProfileRules {
  return direction === "inbound" ? { ...rules, inbound: list } : { ...rules, outbound: list };
}

function editList(rules: Rules, edit: ListEdit): Result<Rules, EditError> {
  switch (edit.kind) {
    case "insert-rule":
      return insertRule(rules, edit);
    case "remove-rule":
      return isPosition(edit.at, rules.length) ? ok(rules.toSpliced(edit.at - 1, 1)) : outOfRange(edit.at, rules);
    case "remove-equal":
      return removeEqual(rules, edit.rule);
    case "replace-rule":
      return isPosition(edit.at, rules.length) ? ok(rules.with(edit.at - 1, edit.rule)) : outOfRange(edit.at, rules);
    case "move-rule":
      return moveRule(rules, edit);
    default:
      return assertNever(edit);
  }
}

/** An equal rule is reported before a bad position, as the classic tool did. */
function insertRule(rules: Rules, { rule, at }: EditOf<"insert-rule">): Result<Rules, EditError> {
  const present = indexOfEqual(rules, rule);
  if (present >= 0) return err({ kind: "rule-already-present", position: present + 1 });
  const position = at ?? rules.length + 1;
  if (!isPosition(position, rules.length + 1)) return outOfRange(position, rules);
  return ok(rules.toSpliced(position - 1, 0, rule));
}

function removeEqual(rules: Rules, rule: Rule): Result<Rules, EditError> {
  const index = indexOfEqual(rules, rule);
  return index < 0 ? err({ kind: "rule-not-found" }) : ok(rules.toSpliced(index, 1));
}

function moveRule(rules: Rules, { from, to }: EditOf<"move-rule">): Result<Rules, EditError> {
  const moved = isPosition(from, rules.length) ? rules[from - 1] : undefined;
  if (moved === undefined) return outOfRange(from, rules);
  if (!isPosition(to, rules.length)) return outOfRange(to, rules);
  return ok(rules.toSpliced(from - 1, 1).toSpliced(to - 1, 0, moved));
}

/** Where the first equal rule stands, as an index; -1 when there is none. */
export function indexOfEqual(rules: Rules, rule: Rule): number {
  return rules.findIndex((one) => equalRules(one, rule));
}

function isPosition(position: Position, last: number): boolean {
  return Number.isInteger(position) && position >= 1 && position <= last;
}

function outOfRange(position: Position, rules: Rules): Result<never, EditError> {
  return err({ kind: "position-out-of-range", position, ruleCount: rules.length });
}
