import { parseNet } from "#policy/cidr.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { ICMP, ICMPV6, parseProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import { ipVersionOf, unknownKey } from "#policy/rule-fields/check-rule.ts";
import { fieldOf, type JsonObject } from "#policy/rule-fields/json-object.ts";
import { isRuleField, POLARITIES } from "#policy/rule-fields/rule-fields.ts";

const NET_FIELDS = ["src_net", "!src_net", "dst_net", "!dst_net"] as const;
/** All four octets, or fewer with a prefix length; no leading zeros, which other programs read as octal. */
const PLAIN_IPV4 = /^(?:0|[1-9]\d*)(?:(?:\.(?:0|[1-9]\d*)){3}(?:\/.*)?|(?:\.(?:0|[1-9]\d*)){0,2}\/(?:0|[1-9]\d*))$/;

/** A family that one part of a rule can only match. */
type NamedFamily = { readonly field: string; readonly label: string; readonly family: Family };

/**
 * What our doors refuse beyond checkRule though the agent would take it: rules that can never match as written,
 * and spellings that hide a typing error. Looks only at fields that are valid by themselves.
 */
export function checkDoor(rule: JsonObject, path: IssuePath): readonly Issue[] {
  return [
    ...checkNullKeys(rule, path),
    ...checkIcmpFields(rule, path),
    ...NET_FIELDS.flatMap((field) => checkNetSpelling(rule, field, path)),
    ...checkFamilies(rule, path),
  ];
}

/** A key nobody knows stays a typing error when its value is null. */
function checkNullKeys(rule: JsonObject, path: IssuePath): readonly Issue[] {
  return Object.keys(rule)
    .filter((key) => !isRuleField(key) && fieldOf(rule, key) === undefined)
    .map((key) => unknownKey(key, path));
}

function checkIcmpFields(rule: JsonObject, rulePath: IssuePath): readonly Issue[] {
  const protocol = parseProtocol(fieldOf(rule, "protocol"));
  const isOther = protocol.ok && protocol.value !== ICMP && protocol.value !== ICMPV6;
  const issues: Issue[] = [];
  for (const field of POLARITIES.map((polarity) => `${polarity}icmp_type`)) {
    const type = fieldOf(rule, field);
    const path = [...rulePath, field];
    if (type === 255) issues.push({ kind: "icmp-type-unmatchable", path });
    if (type !== undefined && isOther) {
      issues.push({ kind: "icmp-needs-icmp", field, protocol: String(fieldOf(rule, "protocol")), path });
    }
  }
  return issues;
}

function checkNetSpelling(rule: JsonObject, field: string, path: IssuePath): readonly Issue[] {
  const text = fieldOf(rule, field);
  if (typeof text !== "string" || text.includes(":") || !parseNet(text).ok || PLAIN_IPV4.test(text)) return [];
  return [{ kind: "bad-cidr", found: text, path: [...path, field] }];
}

/** One issue, at the first part whose family is not that of the parts before it. */
function checkFamilies(rule: JsonObject, path: IssuePath): readonly Issue[] {
  const [first, ...others] = namedFamilies(rule);
  const other = others.find((named) => named.family !== first?.family);
  if (first === undefined || other === undefined) return [];
  const detail = `${other.label} is IPv${other.family}, ${first.label} is IPv${first.family}`;
  return [{ kind: "family-conflict", detail, path: [...path, other.field] }];
}

function namedFamilies(rule: JsonObject): readonly NamedFamily[] {
  const version = ipVersionOf(rule);
  const icmp = icmpFamily(rule);
  const nets = NET_FIELDS.map((field) => netFamily(rule, field));
  const declared = version === undefined ? undefined : { field: "ip_version", label: "ip_version", family: version };
  return [declared, icmp, ...nets].filter((named) => named !== undefined);
}

function icmpFamily(rule: JsonObject): NamedFamily | undefined {
  const value = fieldOf(rule, "protocol");
  const protocol = parseProtocol(value);
  const label = `protocol ${String(value)}`;
  if (protocol.ok && protocol.value === ICMP) return { field: "protocol", label, family: 4 };
  if (protocol.ok && protocol.value === ICMPV6) return { field: "protocol", label, family: 6 };
  if (value !== undefined) return undefined;
  const field = POLARITIES.map((polarity) => `${polarity}icmp_type`).find((key) => fieldOf(rule, key) !== undefined);
  return field === undefined ? undefined : { field, label: `${field} without a protocol`, family: 4 };
}

function netFamily(rule: JsonObject, field: string): NamedFamily | undefined {
  const text = fieldOf(rule, field);
  const net = typeof text === "string" ? parseNet(text) : undefined;
  return net?.ok ? { field, label: `${field} ${String(text)}`, family: net.value.family } : undefined;
}
