import type { Issue } from "#policy/issue.ts";
import { NO_ISSUES, oneIssue } from "#policy/rule-fields/field-check.ts";
import { fieldOf, type JsonObject, showValue } from "#policy/rule-fields/json-object.ts";

/** An ICMP type or code is an integer 0..255 (policy-model 1.2). */
export function checkIcmpNumber(value: unknown, _rule: JsonObject, field: string): readonly Issue[] {
  if (isIcmpNumber(value)) return NO_ISSUES;
  return oneIssue({ kind: "bad-icmp", field, found: typeof value === "string" ? value : showValue(value) });
}

/** A code means something only beside a type of the same polarity. */
export function checkIcmpCode(value: unknown, rule: JsonObject, field: string): readonly Issue[] {
  const number = checkIcmpNumber(value, rule, field);
  if (fieldOf(rule, field.replace("code", "type")) !== undefined) return number;
  return [...number, ...oneIssue({ kind: "icmp-code-needs-type", field })];
}

/** True for an ICMP type or code. */
export function isIcmpNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}
