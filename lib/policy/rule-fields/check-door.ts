import { parseNet } from "#policy/cidr.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { ICMP, ICMPV6, parseProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import { checkUnknownKey, ipVersionOf } from "#policy/rule-fields/check-rule.ts";
import { NO_ISSUES, oneIssue } from "#policy/rule-fields/field-check.ts";
import { fieldOf, type JsonObject } from "#policy/rule-fields/json-object.ts";
import { isRuleField } from "#policy/rule-fields/rule-fields.ts";

/** All four octets, or fewer with a prefix length; no leading zeros, which other programs read as octal. */
const PLAIN_IPV4 = /^(?:0|[1-9]\d*)(?:(?:\.(?:0|[1-9]\d*)){3}(?:\/.*)?|(?:\.(?:0|[1-9]\d*)){0,2}\/(?:0|[1-9]\d*))$/;
const NET_FIELDS = ["src_net", "!src_net", "dst_net", "!dst_net"] as const;
const TYPE_FIELDS = ["icmp_type", "!icmp_type"] as const;

/** A part of a rule that can match one family only; a network's is told by its spelling, legal or not. */
type NamedFamily = {
  readonly field: string;
  readonly label: string;
  readonly family: Family;
  readonly net?: string;
};

/**
 * What our doors refuse beyond checkRule though the agent would take it: rules that can never match as written,
 * and spellings that hide a typing error. Looks only at fields that are valid by themselves.
 */
export function checkDoor(rule: JsonObject, path: IssuePath): readonly Issue[] {
  const issues: Issue[] = [];
  for (const field of Object.keys(rule)) {
    for (const issue of checkField(rule, field)) issues.push({ ...issue, path: [...path, field] });
  }
  const conflict = familyConflict(rule, path);
  return conflict === undefined ? issues : [...issues, conflict];
}

function checkField(rule: JsonObject, field: string): readonly Issue[] {
  const value = fieldOf(rule, field);
  // A key nobody knows stays a typing error when its value is null; a known one may be null.
  if (value === undefined) return isRuleField(field) ? NO_ISSUES : checkUnknownKey(value, rule, field);
  if (field === "icmp_type" || field === "!icmp_type") return checkIcmpType(value, rule, field);
  if (field.endsWith("_net") && typeof value === "string") return checkNetSpelling(value);
  return NO_ISSUES;
}

function checkIcmpType(value: unknown, rule: JsonObject, field: string): readonly Issue[] {
  const named = fieldOf(rule, "protocol");
  const protocol = parseProtocol(named);
  const isIcmp = !protocol.ok || protocol.value === ICMP || protocol.value === ICMPV6;
  return [
    ...(value === 255 ? oneIssue({ kind: "icmp-type-unmatchable" }) : NO_ISSUES),
    ...(isIcmp ? NO_ISSUES : oneIssue({ kind: "icmp-needs-icmp", field, protocol: String(named) })),
  ];
}

function checkNetSpelling(text: string): readonly Issue[] {
  if (text.includes(":") || PLAIN_IPV4.test(text) || !parseNet(text).ok) return NO_ISSUES;
  return oneIssue({ kind: "bad-cidr", found: text });
}

/** At the first part whose family is not that of the parts before it. */
function familyConflict(rule: JsonObject, path: IssuePath): Issue | undefined {
  const named = namedFamilies(rule);
  if (named.every(({ family }) => family === named[0]?.family)) return undefined;
  const [first, ...others] = named.filter(({ net }) => net === undefined || parseNet(net).ok);
  const other = others.find(({ family }) => family !== first?.family);
  if (first === undefined || other === undefined) return undefined;
  const detail = `${other.label} is IPv${other.family}, ${first.label} is IPv${first.family}`;
  return { kind: "family-conflict", detail, path: [...path, other.field] };
}

function namedFamilies(rule: JsonObject): readonly NamedFamily[] {
  const named: NamedFamily[] = [];
  const version = ipVersionOf(rule);
  if (version !== undefined) named.push({ field: "ip_version", label: "ip_version", family: version });
  const icmp = icmpFamily(rule);
  if (icmp !== undefined) named.push(icmp);
  for (const field of NET_FIELDS) {
    const text = fieldOf(rule, field);
    if (typeof text !== "string") continue;
    named.push({ field, label: `${field} ${text}`, family: text.includes(":") ? 6 : 4, net: text });
  }
  return named;
}

function icmpFamily(rule: JsonObject): NamedFamily | undefined {
  const value = fieldOf(rule, "protocol");
  if (value === undefined) {
    // An ICMP type without a protocol means icmp, in either polarity.
    const field = TYPE_FIELDS.find((type) => fieldOf(rule, type) !== undefined);
    return field === undefined ? undefined : { field, label: `${field} without a protocol`, family: 4 };
  }
  const protocol = parseProtocol(value);
  if (!protocol.ok || (protocol.value !== ICMP && protocol.value !== ICMPV6)) return undefined;
  return { field: "protocol", label: `protocol ${String(value)}`, family: protocol.value === ICMP ? 4 : 6 };
}
