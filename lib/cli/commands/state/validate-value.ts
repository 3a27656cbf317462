import { UsageError } from "#cli/argv/usage-error.ts";
import type { Invocation, RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { readNamedFile } from "#cli/input/read-named-file.ts";
import { placeIssues } from "#cli/print/place-issues.ts";
import { checkDoorEndpoint } from "#operations/check-door-endpoint.ts";
import { describeIssue, formatIssueLocation } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";

const DEFAULT_PREFIXES = "cali";
const MAX_BYTES = 64 * 1024 * 1024;

/** `validate [--strict] --kind=profile_rules|profile_tags|endpoint <FILE|->`: as the agent judges, or as our doors do. */
export const validateValue: RunCommand = async (invocation, { io }) => {
  const { words, options } = invocation;
  const path = words.FILE?.[0] ?? "-";
  const name = path === "-" ? "<stdin>" : path;
  const judge = judgeOf(invocation);
  const text = await readNamedFile(io, path);
  const issues = judge(text);
  const isStrict = options.strict === true;
  if (issues.length === 0) {
    return done(`${name}: valid\n`, { valid: true, kind: options.kind, strict: isStrict, issues: [] });
  }
  const lines = issues.map((issue) => formatIssueLocation(issue, name));
  return {
    ...refused({ kind: "invalid" }, lines),
    json: { valid: false, kind: options.kind, strict: isStrict, issues: issues.map(toJson) },
  };
};

function judgeOf({ options }: Invocation): (text: string) => readonly Issue[] {
  const isStrict = options.strict === true;
  const prefixes = String(options.interfacePrefix ?? DEFAULT_PREFIXES).split(",");
  switch (options.kind) {
    case "profile_rules":
      return isStrict ? (text) => parseRulesJson(text, { maxBytes: MAX_BYTES }).issues : invalidRules;
    case "profile_tags":
      return invalidTags;
    case "endpoint":
      return (text) => invalidEndpoint(text, { isStrict, prefixes });
    default:
      throw new UsageError(`--kind is profile_rules, profile_tags or endpoint, not "${String(options.kind)}"`);
  }
}

function invalidRules(text: string): readonly Issue[] {
  const rules = parseRulesValue(text);
  return rules.kind === "invalid" ? placeIssues(text, rules.issues) : [];
}

function invalidTags(text: string): readonly Issue[] {
  const tags = parseTagsValue(text);
  return tags.kind === "invalid" ? placeIssues(text, tags.issues) : [];
}

function invalidEndpoint(
  text: string,
  { isStrict, prefixes }: { readonly isStrict: boolean; readonly prefixes: readonly string[] },
): readonly Issue[] {
  const json = parseJsonText(text);
  if (!json.ok) return placeIssues(text, [{ ...json.error, path: [] }]);
  const endpoint = parseEndpoint(json.value, { interfacePrefixes: prefixes });
  if (!endpoint.ok) return placeIssues(text, endpoint.error);
  return isStrict ? placeIssues(text, checkDoorEndpoint(endpoint.value)) : [];
}

function toJson(issue: Issue) {
  const place = issue.at === undefined ? {} : { line: issue.at.line, column: issue.at.column };
  return { kind: issue.kind, message: describeIssue(issue), path: issue.path, ...place };
}
