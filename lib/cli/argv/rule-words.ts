import { UsageError } from "#cli/argv/usage-error.ts";
import { type CommandResult, refused } from "#cli/command-result.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseAnyRule, parseRule } from "#policy/grammar/parse-rule.ts";
import type { Issue } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import { err, type Result } from "#prelude/result.ts";

/** The words of a rule that is to be stored: as strict as every door of ours. */
export function ruleToAdd(words: readonly string[]): Result<Rule, CommandResult> {
  return orRefusal(parseRule(words));
}

/** The words of a rule that is stored already: whatever others may have written can be named. */
export function ruleToFind(words: readonly string[]): Result<Rule, CommandResult> {
  return orRefusal(parseAnyRule(words));
}

/** Words out of place are wrong usage (thrown); a value that may not stand is a refusal. */
function orRefusal(rule: Result<Rule, readonly Issue[]>): Result<Rule, CommandResult> {
  if (rule.ok) return rule;
  const lines = rule.error.map((issue) => describeIssue(issue));
  if (rule.error.some(isOutOfPlace)) throw new UsageError(lines.join("\n"));
  const refusal = refused({ kind: "invalid-rule" }, lines);
  return err({ ...refusal, json: { error: { kind: "invalid-rule", message: lines.join("\n"), issues: rule.error } } });
}

function isOutOfPlace(issue: Issue): boolean {
  return issue.kind === "unexpected-word" || issue.kind === "unexpected-end";
}
