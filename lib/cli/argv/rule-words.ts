import { UsageError } from "#cli/argv/usage-error.ts";
import { type CommandResult, refused } from "#cli/command-result.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Issue } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import { err, type Result } from "#prelude/result.ts";

/** Reads rule words. Words out of place are wrong usage (thrown); a value that may not stand is a refusal. */
export function ruleFromWords(words: readonly string[]): Result<Rule, CommandResult> {
  const rule = parseRule(words);
  if (rule.ok) return rule;
  const lines = rule.error.map((issue) => describeIssue(issue));
  if (rule.error.some(isOutOfPlace)) throw new UsageError(lines.join("\n"));
  return err({ ...refused({ kind: "invalid-rule" }, lines), json: { error: { kind: "invalid-rule", issues: rule.error } } });
}

function isOutOfPlace(issue: Issue): boolean {
  return issue.kind === "unexpected-word" || issue.kind === "unexpected-end";
}
