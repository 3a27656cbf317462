import { equalRules } from "#policy/canonical-rule.ts";
import { applyEdit, applyEdits } from "#policy/edit/apply-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";

/** What the command line can do to a profile, one command each. */
type Step = Extract<ProfileEdit, { readonly kind: "insert-rule" | "remove-rule" | "add-tag" | "remove-tag" }>;

/**
 * The edits as `calicoctl` commands for a POSIX shell, in order; run on `before` they leave equal rules and the same
 * tags. What single commands cannot say (a rule twice) becomes one `rule update`; there are none where a rule is to stay
 * that others wrote and our doors refuse. Comments and parked rules have no command.
 */
export function formatCommands(before: Profile, edits: readonly ProfileEdit[]): readonly string[] {
  const after = applyEdits(before, edits);
  if (!after.ok) return [];
  const steps = stepsOf(before, edits);
  const name = `calicoctl profile ${before.id}`;
  if (steps !== undefined && isReached(before, steps, after.value)) return steps.map((step) => formatStep(name, step));
  const tags = diffProfiles(before, { ...after.value, rules: before.rules }).flatMap((edit) => tagSteps(before, edit));
  const update = after.value.rules.kind === "valid" ? formatUpdate(before, after.value.rules.value) : undefined;
  return update === undefined ? [] : [...tags.map((step) => formatStep(name, step)), update];
}

/** Every edit as additions and removals; nothing when one of them is not made of those. */
function stepsOf(before: Profile, edits: readonly ProfileEdit[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  let current = before;
  for (const edit of edits) {
    const next = applyEdit(current, edit);
    const made = stepsOfEdit(current, edit);
    if (!next.ok || made === undefined) return undefined;
    steps.push(...made);
    current = next.value;
  }
  return steps;
}

function stepsOfEdit(current: Profile, edit: ProfileEdit): readonly Step[] | undefined {
  switch (edit.kind) {
    case "insert-rule":
    case "remove-rule":
      return [edit];
    case "restore-rule":
      return [{ ...edit, kind: "insert-rule" }];
    case "park-rule":
      return [{ ...edit, kind: "remove-rule" }];
    case "remove-equal": {
      const at = rulesIn(current, edit.direction).findIndex((rule) => equalRules(rule, edit.rule)) + 1;
      return [{ kind: "remove-rule", direction: edit.direction, at }];
    }
    case "replace-rule":
      return [
        { kind: "remove-rule", direction: edit.direction, at: edit.at },
        { ...edit, kind: "insert-rule" },
      ];
    case "move-rule": {
      const { direction, from, to } = edit;
      const rule = rulesIn(current, direction)[from - 1];
      const removal: Step = { kind: "remove-rule", direction, at: from };
      return rule && [removal, { kind: "insert-rule", direction, rule, at: to }];
    }
    case "add-tag":
    case "remove-tag":
    case "replace-tags":
      return tagSteps(current, edit);
    case "replace-rules":
      return undefined;
    default:
      return [];
  }
}

function tagSteps({ tags }: Profile, edit: ProfileEdit): readonly Step[] {
  if (edit.kind === "add-tag" || edit.kind === "remove-tag") return [edit];
  if (edit.kind !== "replace-tags") return [];
  const held = tags.kind === "valid" ? [...new Set(tags.value)] : [];
  const added = [...new Set(edit.tags)].filter((tag) => !held.includes(tag));
  const removed = held.filter((tag) => !edit.tags.includes(tag));
  return [
    ...removed.map((tag) => ({ kind: "remove-tag", tag }) as const),
    ...added.map((tag) => ({ kind: "add-tag", tag }) as const),
  ];
}

/** True when the commands, as the command line carries them out, end where the edits do. */
function isReached(before: Profile, steps: readonly Step[], wanted: Profile): boolean {
  const isTyped = (step: Step) => {
    const typed = step.kind === "insert-rule" ? parseRule(formatRule(step.rule)) : undefined;
    return typed === undefined || (typed.ok && step.kind === "insert-rule" && equalRules(typed.value, step.rule));
  };
  const reached = steps.every(isTyped) ? applyEdits(before, steps) : undefined;
  if (!reached?.ok) return false;
  return (["inbound", "outbound"] as const).every((direction) => {
    const [found, rules] = [rulesIn(reached.value, direction), rulesIn(wanted, direction)];
    return found.length === rules.length && found.every((rule, index) => isEqualAt(rules, index, rule));
  });
}

function isEqualAt(rules: readonly Rule[], index: number, rule: Rule): boolean {
  const other = rules[index];
  return other !== undefined && equalRules(rule, other);
}

function rulesIn({ rules }: Profile, direction: "inbound" | "outbound"): readonly Rule[] {
  return rules.kind === "valid" ? rules.value[direction] : [];
}

function formatStep(name: string, step: Step): string {
  switch (step.kind) {
    case "insert-rule": {
      const place = step.at === undefined ? "" : ` --at=${step.at}`;
      return `${name} rule add ${step.direction}${place} ${formatRule(step.rule).split(" ").map(quoted).join(" ")}`;
    }
    case "remove-rule":
      return `${name} rule remove ${step.direction} --at=${step.at}`;
    case "add-tag":
      return `${name} tag add ${step.tag}`;
    case "remove-tag":
      return `${name} tag remove ${step.tag}`;
  }
}

function formatUpdate({ id }: Profile, rules: ProfileRules): string | undefined {
  const json = formatRulesJson(id, rules);
  const isTaken = parseRulesJson(json, { profile: id }).rules !== undefined;
  return isTaken ? `calicoctl profile ${id} rule update <<'END_OF_RULES'\n${json}\nEND_OF_RULES` : undefined;
}

/** A log prefix may be any visible text: a shell must not read anything into it. */
function quoted(word: string): string {
  return /^[\w.,:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
