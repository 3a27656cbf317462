import type { Issue, IssuePath } from "#policy/issue.ts";
import { MAX_PORT, parsePortEntry } from "#policy/port-range.ts";
import { kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";

const MAX_ISSUES = 1000;

/** Problems of one port list (policy-model 1.2); an empty list is legal and adds no criterion. */
export function checkPorts(value: unknown, path: IssuePath): readonly Issue[] {
  if (!Array.isArray(value)) {
    return [{ kind: "wrong-type", found: kindOfValue(value), expected: "a list of ports", path }];
  }
  const issues: Issue[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    const issue = checkPort(entry, [...path, index]);
    if (issue === undefined) continue;
    issues.push(issue);
    if (issues.length >= MAX_ISSUES) return [...issues, { kind: "too-many-issues", count: MAX_ISSUES, path }];
  }
  return issues;
}

function checkPort(entry: unknown, path: IssuePath): Issue | undefined {
  if (parsePortEntry(entry) !== undefined) return undefined;
  const found = typeof entry === "string" ? entry : showValue(entry);
  if (typeof entry === "number" && Number.isInteger(entry)) return { kind: "port-out-of-range", found, path };
  if (typeof entry !== "string") return { kind: "bad-port", found, path };
  const bounds = /^(\d+)(?:[:-](\d+))?$/.exec(entry);
  if (bounds === null) return { kind: "bad-port", found, path };
  const [lo, hi] = [Number(bounds[1]), Number(bounds[2] ?? bounds[1])];
  if (Math.max(lo, hi) > MAX_PORT) return { kind: "port-out-of-range", found, path };
  const hint = lo === hi ? String(lo) : `"${Math.min(lo, hi)}:${Math.max(lo, hi)}"`;
  return { kind: "bad-port", found, hint, path };
}
