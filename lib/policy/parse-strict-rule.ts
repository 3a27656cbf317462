import type { Issue, IssuePath } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import { checkDoor } from "#policy/rule-fields/check-door.ts";
import { checkRule } from "#policy/rule-fields/check-rule.ts";
import { isJsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/**
 * Accepts a rule as our doors do: all the agent asks for, and no rule that can never match as written
 * (ICMP type 255, an ICMP type on tcp, two families). Keeps it as it was written; reports every issue.
 */
export function parseStrictRule(value: unknown, path: IssuePath = []): Result<Rule, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "a rule object", path }]);
  }
  const agentIssues = checkRule(value, path);
  const hasConflict = agentIssues.some((issue) => issue.kind === "family-conflict");
  // The agent's own check of families says it already; ours only adds what that one overlooks.
  const doorIssues = checkDoor(value, path).filter((issue) => !(hasConflict && issue.kind === "family-conflict"));
  const issues = [...agentIssues, ...doorIssues];
  return issues.length === 0 ? ok(value as Rule) : err(issues);
}
