import type { Issue } from "#policy/issue.ts";
import { MAX_PORT, parsePortEntry } from "#policy/port-range.ts";
import { NO_ISSUES, oneIssue } from "#policy/rule-fields/field-check.ts";
import { kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";

/** After so many bad entries in one list the rest is not looked at. */
const MAX_ISSUES = 1000;

/** Problems of one port list (policy-model 1.2); an empty list is legal and adds no criterion. */
export function checkPorts(value: unknown): readonly Issue[] {
  if (!Array.isArray(value)) {
    return oneIssue({ kind: "wrong-type", found: kindOfValue(value), expected: "a list of ports" });
  }
  if (value.every((entry) => parsePortEntry(entry) !== undefined)) return NO_ISSUES;
  const issues: Issue[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    if (parsePortEntry(entry) !== undefined) continue;
    if (issues.length >= MAX_ISSUES) return [...issues, { kind: "too-many-issues", count: MAX_ISSUES, path: [index] }];
    issues.push(portIssue(entry, index));
  }
  return issues;
}

function portIssue(entry: unknown, index: number): Issue {
  const found = typeof entry === "string" ? entry : showValue(entry);
  const path = [index];
  if (typeof entry === "number" && Number.isInteger(entry)) return { kind: "port-out-of-range", found, path };
  const bounds = typeof entry === "string" ? /^(\d+)(?:[:-](\d+))?$/.exec(entry) : null;
  if (bounds === null) return { kind: "bad-port", found, path };
  const [lo, hi] = [Number(bounds[1]), Number(bounds[2] ?? bounds[1])];
  if (Math.max(lo, hi) > MAX_PORT) return { kind: "port-out-of-range", found, path };
  const hint = lo === hi ? String(lo) : `"${Math.min(lo, hi)}:${Math.max(lo, hi)}"`;
  return { kind: "bad-port", found, hint, path };
}
