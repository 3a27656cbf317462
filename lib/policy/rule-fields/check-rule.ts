import { parseNet } from "#policy/cidr.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { hasPorts, parseProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import { checkIcmp } from "#policy/rule-fields/check-icmp.ts";
import { checkPorts } from "#policy/rule-fields/check-ports.ts";
import { fieldOf, type JsonObject, kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";
import { isRuleField, POLARITIES, RULE_FIELDS } from "#policy/rule-fields/rule-fields.ts";
import { suggestKey } from "#policy/rule-fields/suggest-key.ts";
import { parseTag } from "#policy/tag.ts";

const ACTIONS: ReadonlySet<unknown> = new Set(["allow", "deny", "log", "next-tier"]);

/** Every reason for which the agent would refuse this rule (policy-model 1.2); empty for a valid one. */
export function checkRule(rule: JsonObject, path: IssuePath): readonly Issue[] {
  return [
    ...checkKeys(rule, path),
    ...checkWholeRuleFields(rule, path),
    ...POLARITIES.flatMap((polarity) => [
      ...checkProtocol(rule, `${polarity}protocol`, path),
      ...checkIcmp(rule, polarity, path),
      ...["src", "dst"].flatMap((side) => checkSide(rule, `${polarity}${side}`, path)),
    ]),
  ];
}

/** The rule's own IP version when it has a legal one. */
export function ipVersionOf(rule: JsonObject): Family | undefined {
  const version = fieldOf(rule, "ip_version");
  return version === 4 || version === 6 ? version : undefined;
}

function checkKeys(rule: JsonObject, path: IssuePath): readonly Issue[] {
  return Object.keys(rule)
    .filter((key) => !isRuleField(key) && fieldOf(rule, key) !== undefined)
    .map((key) => unknownKey(key, path));
}

/** The issue of a key no rule may have, with the key most likely meant. */
export function unknownKey(key: string, path: IssuePath): Issue {
  const suggestion = suggestKey(key, RULE_FIELDS);
  return { kind: "unknown-key", key, ...(suggestion !== undefined && { suggestion }), path: [...path, key] };
}

function checkWholeRuleFields(rule: JsonObject, path: IssuePath): readonly Issue[] {
  const issues: Issue[] = [];
  const action = fieldOf(rule, "action");
  if (action !== undefined && !ACTIONS.has(action)) {
    issues.push({ kind: "bad-action", found: showValue(action), path: [...path, "action"] });
  }
  const version = fieldOf(rule, "ip_version");
  if (version !== undefined && ipVersionOf(rule) === undefined) {
    issues.push({ kind: "bad-ip-version", found: showValue(version), path: [...path, "ip_version"] });
  }
  const prefix = fieldOf(rule, "log_prefix");
  if (prefix !== undefined && typeof prefix !== "string") {
    issues.push({ kind: "wrong-type", found: kindOfValue(prefix), expected: "a text", path: [...path, "log_prefix"] });
  }
  return issues;
}

function checkProtocol(rule: JsonObject, field: string, rulePath: IssuePath): readonly Issue[] {
  const value = fieldOf(rule, field);
  if (value === undefined) return [];
  const path = [...rulePath, field];
  const protocol = parseProtocol(value);
  if (!protocol.ok) return [{ ...protocol.error, path }];
  // Only the names are compared with ip_version, and never a negated one: so does the agent.
  const family = field !== "protocol" ? undefined : value === "icmp" ? 4 : value === "icmpv6" ? 6 : undefined;
  const version = ipVersionOf(rule);
  if (family === undefined || version === undefined || family === version) return [];
  return [{ kind: "family-conflict", detail: `${value} is IPv${family}, ip_version is ${version}`, path }];
}

/** `side` is `src`, `dst`, `!src` or `!dst`. */
function checkSide(rule: JsonObject, side: string, path: IssuePath): readonly Issue[] {
  return [
    ...checkPortField(rule, `${side}_ports`, path),
    ...checkTag(fieldOf(rule, `${side}_tag`), [...path, `${side}_tag`]),
    ...checkNet(fieldOf(rule, `${side}_net`), ipVersionOf(rule), [...path, `${side}_net`]),
  ];
}

function checkPortField(rule: JsonObject, field: string, rulePath: IssuePath): readonly Issue[] {
  const value = fieldOf(rule, field);
  if (value === undefined) return [];
  const path = [...rulePath, field];
  const protocol = parseProtocol(fieldOf(rule, "protocol"));
  // Even an empty list asks for a protocol, and a negated protocol does not count.
  const isCarried = protocol.ok && hasPorts(protocol.value);
  return [...(isCarried ? [] : [{ kind: "ports-need-protocol", field, path } as const]), ...checkPorts(value, path)];
}

function checkTag(value: unknown, path: IssuePath): readonly Issue[] {
  if (value === undefined) return [];
  const tag = parseTag(value);
  return tag.ok ? [] : [{ ...tag.error, path }];
}

function checkNet(value: unknown, version: Family | undefined, path: IssuePath): readonly Issue[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return [{ kind: "wrong-type", found: kindOfValue(value), expected: "a CIDR", path }];
  const net = parseNet(value);
  if (!net.ok) return [{ ...net.error, path }];
  if (version === undefined || net.value.family === version) return [];
  return [{ kind: "family-conflict", detail: `${value} is IPv${net.value.family}, ip_version is ${version}`, path }];
}
