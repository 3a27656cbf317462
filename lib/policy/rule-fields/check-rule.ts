import { parseNet } from "#policy/cidr.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { hasPorts, parseProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import { checkIcmpCode, checkIcmpNumber } from "#policy/rule-fields/check-icmp.ts";
import { checkPorts } from "#policy/rule-fields/check-ports.ts";
import { type FieldCheck, NO_ISSUES, oneIssue } from "#policy/rule-fields/field-check.ts";
import { fieldOf, type JsonObject, kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";
import { POLARITIES, RULE_FIELDS } from "#policy/rule-fields/rule-fields.ts";
import { suggestKey } from "#policy/rule-fields/suggest-key.ts";
import { parseTag } from "#policy/tag.ts";

const ACTIONS: ReadonlySet<unknown> = new Set(["allow", "deny", "log", "next-tier"]);

const CHECK_BY_FIELD: ReadonlyMap<string, FieldCheck> = new Map([
  ["action", checkAction],
  ["ip_version", checkIpVersion],
  ["log_prefix", checkLogPrefix],
  ...POLARITIES.flatMap((polarity): [string, FieldCheck][] => [
    [`${polarity}protocol`, checkProtocol],
    [`${polarity}icmp_type`, checkIcmpNumber],
    [`${polarity}icmp_code`, checkIcmpCode],
    ...["src", "dst"].flatMap((side): [string, FieldCheck][] => [
      [`${polarity}${side}_ports`, checkPortField],
      [`${polarity}${side}_tag`, checkTag],
      [`${polarity}${side}_net`, checkNet],
    ]),
  ]),
]);

/** Every reason for which the agent would refuse this rule, in the order of its keys; empty for a valid one. */
export function checkRule(rule: JsonObject, path: IssuePath): readonly Issue[] {
  const issues: Issue[] = [];
  for (const field of Object.keys(rule)) {
    const value = fieldOf(rule, field);
    if (value === undefined) continue;
    const check = CHECK_BY_FIELD.get(field) ?? checkUnknownKey;
    for (const issue of check(value, rule, field)) issues.push({ ...issue, path: [...path, field, ...issue.path] });
  }
  return issues;
}

/** The issue of a key no rule may have, with the key most likely meant. */
export function checkUnknownKey(_value: unknown, _rule: JsonObject, key: string): readonly Issue[] {
  const suggestion = suggestKey(key, RULE_FIELDS);
  return oneIssue({ kind: "unknown-key", key, ...(suggestion !== undefined && { suggestion }) });
}

/** The rule's own IP version when it has a legal one. */
export function ipVersionOf(rule: JsonObject): Family | undefined {
  const version = fieldOf(rule, "ip_version");
  return version === 4 || version === 6 ? version : undefined;
}

function checkAction(value: unknown): readonly Issue[] {
  return ACTIONS.has(value) ? NO_ISSUES : oneIssue({ kind: "bad-action", found: showValue(value) });
}

function checkIpVersion(value: unknown, rule: JsonObject): readonly Issue[] {
  return ipVersionOf(rule) === undefined ? oneIssue({ kind: "bad-ip-version", found: showValue(value) }) : NO_ISSUES;
}

function checkLogPrefix(value: unknown): readonly Issue[] {
  if (typeof value === "string") return NO_ISSUES;
  return oneIssue({ kind: "wrong-type", found: kindOfValue(value), expected: "a text" });
}

function checkProtocol(value: unknown, rule: JsonObject, field: string): readonly Issue[] {
  const protocol = parseProtocol(value);
  if (!protocol.ok) return oneIssue(protocol.error);
  // Only the names are compared with ip_version, and never a negated one: so does the agent.
  const family = field !== "protocol" ? undefined : value === "icmp" ? 4 : value === "icmpv6" ? 6 : undefined;
  return family === undefined ? NO_ISSUES : checkFamily(String(value), family, rule);
}

function checkPortField(value: unknown, rule: JsonObject, field: string): readonly Issue[] {
  const protocol = parseProtocol(fieldOf(rule, "protocol"));
  // Even an empty list asks for a protocol, and a negated protocol does not count.
  if (protocol.ok && hasPorts(protocol.value)) return checkPorts(value);
  return [...oneIssue({ kind: "ports-need-protocol", field }), ...checkPorts(value)];
}

function checkTag(value: unknown): readonly Issue[] {
  const tag = parseTag(value);
  return tag.ok ? NO_ISSUES : oneIssue(tag.error);
}

function checkNet(value: unknown, rule: JsonObject): readonly Issue[] {
  if (typeof value !== "string") {
    return oneIssue({ kind: "wrong-type", found: kindOfValue(value), expected: "a CIDR" });
  }
  const net = parseNet(value);
  return net.ok ? checkFamily(value, net.value.family, rule) : oneIssue(net.error);
}

function checkFamily(text: string, family: Family, rule: JsonObject): readonly Issue[] {
  const version = ipVersionOf(rule);
  if (version === undefined || version === family) return NO_ISSUES;
  return oneIssue({ kind: "family-conflict", detail: `${text} is IPv${family}, ip_version is ${version}` });
}
