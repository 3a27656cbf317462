import type { Issue, IssueFact } from "#policy/issue.ts";
import { describeParserFact } from "#policy/wording/describe-parser-fact.ts";
import { describeValueFact } from "#policy/wording/describe-value-fact.ts";
import { formatPath } from "#policy/wording/show-text.ts";

/**
 * One problem in words, the same at every door: the fact, the reason, the way out. An issue that has a path but no
 * place in a text begins with its path, as in `inbound_rules[2].dst_ports[0]: ...`.
 */
export function describeIssue(issue: Issue | IssueFact): string {
  const sentence = describeFact(issue);
  return "path" in issue && issue.at === undefined && issue.path.length > 0
    ? `${formatPath(issue.path)}: ${sentence}`
    : sentence;
}

/** `FILE:LINE:COL message`, or `FILE: path: message` for an issue whose place in the text is not known. */
export function formatIssueLocation(issue: Issue, file: string): string {
  const place = issue.at === undefined ? ":" : `:${issue.at.line}:${issue.at.column}`;
  return `${file}${place} ${describeIssue(issue)}`;
}

function describeFact(fact: IssueFact): string {
  switch (fact.kind) {
    case "not-json":
    case "wrong-type":
    case "unknown-key":
    case "missing-key":
    case "duplicate-key":
    case "id-mismatch":
    case "too-large":
    case "too-deep":
    case "too-many-issues":
    case "unexpected-word":
    case "unexpected-end":
      return describeParserFact(fact);
    default:
      return describeValueFact(fact);
  }
}
