import { parseCidr } from "#policy/cidr.ts";
import { mergePorts, parsePortEntry } from "#policy/port-range.ts";
import { parseProtocol } from "#policy/protocol.ts";
import type { Action, CanonicalRule, Cidr, IcmpKind, PortRange, Rule, SideMatch } from "#policy/rule.ts";
import { isIcmpNumber } from "#policy/rule-fields/check-icmp.ts";
import { ipVersionOf } from "#policy/rule-fields/check-rule.ts";
import { fieldOf } from "#policy/rule-fields/json-object.ts";
import type { Polarity } from "#policy/rule-fields/rule-fields.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

const canonicalByRule = new WeakMap<Rule, CanonicalRule>();
const keyByRule = new WeakMap<Rule, string>();

/** The rule's decided form: what every decision, comparison and rendering is made on. Remembered per rule object. */
export function canonicalRule(rule: Rule): CanonicalRule {
  const known = canonicalByRule.get(rule);
  if (known !== undefined) return known;
  const canonical = readCanonical(rule);
  canonicalByRule.set(rule, canonical);
  return canonical;
}

/** A text that two rules share exactly when they are equal. For comparison only, not for people. */
export function canonicalKey(rule: Rule): string {
  const known = keyByRule.get(rule);
  if (known !== undefined) return known;
  const key = JSON.stringify(canonicalRule(rule), keyReplacer);
  keyByRule.set(rule, key);
  return key;
}

/** Equality of rules: port order, spelling of numbers and host bits do not matter (cli.md, Equality). */
export function equalRules(a: Rule, b: Rule): boolean {
  return canonicalKey(a) === canonicalKey(b);
}

/** Networks compare by their text: JSON has no bigint. */
function keyReplacer(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? undefined : value;
}

// The order of the fields below is the order inside canonicalKey: always written, so always the same.
function readCanonical(rule: Rule): CanonicalRule {
  const protocol = readProtocol(rule, "");
  const notProtocol = readProtocol(rule, "!");
  const ipVersion = ipVersionOf(rule);
  const icmp = readIcmp(rule, "");
  const notIcmp = readIcmp(rule, "!");
  const logPrefix = readLogPrefix(rule);
  return {
    action: (fieldOf(rule, "action") ?? "allow") as Action,
    ...(ipVersion !== undefined && { ipVersion }),
    ...(protocol !== undefined && { protocol }),
    ...(notProtocol !== undefined && { notProtocol }),
    ...(icmp !== undefined && { icmp }),
    ...(notIcmp !== undefined && { notIcmp }),
    src: readSide(rule, "src"),
    dst: readSide(rule, "dst"),
    ...(logPrefix !== undefined && { logPrefix }),
  };
}

function readProtocol(rule: Rule, polarity: Polarity): number | undefined {
  const protocol = parseProtocol(fieldOf(rule, `${polarity}protocol`));
  return protocol.ok ? protocol.value : undefined;
}

function readIcmp(rule: Rule, polarity: Polarity): IcmpKind | undefined {
  const type = fieldOf(rule, `${polarity}icmp_type`);
  const code = fieldOf(rule, `${polarity}icmp_code`);
  if (!isIcmpNumber(type)) return undefined;
  return { type, ...(isIcmpNumber(code) && { code }) };
}

function readSide(rule: Rule, side: "src" | "dst"): SideMatch {
  const ports = readPorts(fieldOf(rule, `${side}_ports`));
  const notPorts = readPorts(fieldOf(rule, `!${side}_ports`));
  const tag = readTag(fieldOf(rule, `${side}_tag`));
  const notTag = readTag(fieldOf(rule, `!${side}_tag`));
  const net = readNet(fieldOf(rule, `${side}_net`));
  const notNet = readNet(fieldOf(rule, `!${side}_net`));
  return {
    ...(ports !== undefined && { ports }),
    ...(notPorts !== undefined && { notPorts }),
    ...(tag !== undefined && { tag }),
    ...(notTag !== undefined && { notTag }),
    ...(net !== undefined && { net }),
    ...(notNet !== undefined && { notNet }),
  };
}

/** An empty list adds no criterion, so it is the same as no list. */
function readPorts(value: unknown): readonly PortRange[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return mergePorts(value.map(parsePortEntry).filter((range) => range !== undefined));
}

function readTag(value: unknown): Tag | undefined {
  const tag = parseTag(value);
  return tag.ok ? tag.value : undefined;
}

function readNet(value: unknown): Cidr | undefined {
  const cidr = typeof value === "string" ? parseCidr(value) : undefined;
  return cidr?.ok ? cidr.value : undefined;
}

/** What reaches the kernel's log: other characters become `_`, 27 at most (policy-model 1.2). */
function readLogPrefix(rule: Rule): string | undefined {
  const prefix = fieldOf(rule, "log_prefix");
  if (typeof prefix !== "string" || prefix === "") return undefined;
  return prefix.replace(/[^A-Za-z0-9_:-]/gu, "_").slice(0, 27);
}
