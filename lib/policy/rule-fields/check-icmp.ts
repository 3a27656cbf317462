import type { Issue, IssuePath } from "#policy/issue.ts";
import { fieldOf, type JsonObject, showValue } from "#policy/rule-fields/json-object.ts";
import type { Polarity } from "#policy/rule-fields/rule-fields.ts";

/** Problems of one polarity's ICMP type and code: 0..255 each, and a code only beside a type. */
export function checkIcmp(rule: JsonObject, polarity: Polarity, path: IssuePath): readonly Issue[] {
  const issues: Issue[] = [];
  for (const field of [`${polarity}icmp_type`, `${polarity}icmp_code`]) {
    const value = fieldOf(rule, field);
    if (value === undefined || isIcmpNumber(value)) continue;
    const found = typeof value === "string" ? value : showValue(value);
    issues.push({ kind: "bad-icmp", field, found, path: [...path, field] });
  }
  const code = `${polarity}icmp_code`;
  if (fieldOf(rule, code) !== undefined && fieldOf(rule, `${polarity}icmp_type`) === undefined) {
    issues.push({ kind: "icmp-code-needs-type", field: code, path: [...path, code] });
  }
  return issues;
}

/** True for an ICMP type or code. */
export function isIcmpNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
