import type { Issue, IssuePath } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import { checkRule } from "#policy/rule-fields/check-rule.ts";
import { isJsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/**
 * Accepts a rule as the agent does (policy-model 1.2), and keeps it as it was written. Reports every issue.
 * For what people type or upload use parse-strict-rule.ts.
 */
export function parseStoredRule(value: unknown, path: IssuePath = []): Result<Rule, readonly Issue[]> {
  if (!isJsonObject(value)) {
    return err([{ kind: "wrong-type", found: kindOfValue(value), expected: "a rule object", path }]);
  }
  const issues = checkRule(value, path);
  return issues.length === 0 ? ok(value as Rule) : err(issues);
}
