import { parseCidr } from "#policy/cidr.ts";
import { mergePorts, parsePortEntry } from "#policy/port-range.ts";
import { parseProtocol } from "#policy/protocol.ts";
import type { Action, CanonicalRule, Cidr, IcmpKind, PortRange, Rule, SideMatch } from "#policy/rule.ts";
import { isIcmpNumber } from "#policy/rule-fields/check-icmp.ts";
import { ipVersionOf } from "#policy/rule-fields/check-rule.ts";
import { fieldOf } from "#policy/rule-fields/json-object.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

/** One entry per rule, because a weak map costs the garbage collector by the entry. */
type Remembered = { readonly canonical: CanonicalRule; key: string | undefined };

const remembered = new WeakMap<Rule, Remembered>();

/** The rule's decided form: what every decision, comparison and rendering is made on. Remembered per rule object. */
export function canonicalRule(rule: Rule): CanonicalRule {
  return remember(rule).canonical;
}

/** A text that two rules share exactly when they are equal. For comparison only, not for people. */
export function canonicalKey(rule: Rule): string {
  const known = remember(rule);
  known.key ??= writeKey(known.canonical);
  return known.key;
}

function remember(rule: Rule): Remembered {
  const known = remembered.get(rule);
  if (known !== undefined) return known;
  const made = { canonical: readCanonical(rule), key: undefined };
  remembered.set(rule, made);
  return made;
}

/** Equality of rules: port order, spelling of numbers and host bits do not matter (cli.md, Equality). */
export function equalRules(a: Rule, b: Rule): boolean {
  return canonicalKey(a) === canonicalKey(b);
}

function writeKey(rule: CanonicalRule): string {
  const { action, ipVersion, protocol, notProtocol, icmp, notIcmp, logPrefix } = rule;
  const kinds = [icmp?.type, icmp?.code, notIcmp?.type, notIcmp?.code];
  return JSON.stringify([
    action,
    ipVersion,
    protocol,
    notProtocol,
    kinds,
    sideKey(rule.src),
    sideKey(rule.dst),
    logPrefix,
  ]);
}

function sideKey({ ports, notPorts, tag, notTag, net, notNet }: SideMatch): readonly unknown[] {
  return [ports, notPorts, tag, notTag, net?.text, notNet?.text];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function readCanonical(rule: Rule): CanonicalRule {
  const canonical: Writable<CanonicalRule> = {
    action: (fieldOf(rule, "action") ?? "allow") as Action,
    src: readSide(rule, SRC),
    dst: readSide(rule, DST),
  };
  const protocol = readProtocol(fieldOf(rule, "protocol"));
  const notProtocol = readProtocol(fieldOf(rule, "!protocol"));
  const ipVersion = ipVersionOf(rule);
  const icmp = readIcmp(fieldOf(rule, "icmp_type"), fieldOf(rule, "icmp_code"));
  const notIcmp = readIcmp(fieldOf(rule, "!icmp_type"), fieldOf(rule, "!icmp_code"));
  const logPrefix = readLogPrefix(fieldOf(rule, "log_prefix"));
  if (ipVersion !== undefined) canonical.ipVersion = ipVersion;
  if (protocol !== undefined) canonical.protocol = protocol;
  if (notProtocol !== undefined) canonical.notProtocol = notProtocol;
  if (icmp !== undefined) canonical.icmp = icmp;
  if (notIcmp !== undefined) canonical.notIcmp = notIcmp;
  if (logPrefix !== undefined) canonical.logPrefix = logPrefix;
  return canonical;
}

function readProtocol(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const protocol = parseProtocol(value);
  return protocol.ok ? protocol.value : undefined;
}

function readIcmp(type: unknown, code: unknown): IcmpKind | undefined {
  if (!isIcmpNumber(type)) return undefined;
  return isIcmpNumber(code) ? { type, code } : { type };
}

const SRC = {
  ports: "src_ports",
  notPorts: "!src_ports",
  tag: "src_tag",
  notTag: "!src_tag",
  net: "src_net",
  notNet: "!src_net",
} as const;
const DST = {
  ports: "dst_ports",
  notPorts: "!dst_ports",
  tag: "dst_tag",
  notTag: "!dst_tag",
  net: "dst_net",
  notNet: "!dst_net",
} as const;

function readSide(rule: Rule, fields: typeof SRC | typeof DST): SideMatch {
  const match: Writable<SideMatch> = {};
  const ports = readPorts(fieldOf(rule, fields.ports));
  const notPorts = readPorts(fieldOf(rule, fields.notPorts));
  const tag = readTag(fieldOf(rule, fields.tag));
  const notTag = readTag(fieldOf(rule, fields.notTag));
  const net = readNet(fieldOf(rule, fields.net));
  const notNet = readNet(fieldOf(rule, fields.notNet));
  if (ports !== undefined) match.ports = ports;
  if (notPorts !== undefined) match.notPorts = notPorts;
  if (tag !== undefined) match.tag = tag;
  if (notTag !== undefined) match.notTag = notTag;
  if (net !== undefined) match.net = net;
  if (notNet !== undefined) match.notNet = notNet;
  return match;
}

/** An empty list adds no criterion, so it is the same as no list. */
function readPorts(value: unknown): readonly PortRange[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return mergePorts(value.map(parsePortEntry).filter((range) => range !== undefined));
}

function readTag(value: unknown): Tag | undefined {
  if (value === undefined) return undefined;
  const tag = parseTag(value);
  return tag.ok ? tag.value : undefined;
}

function readNet(value: unknown): Cidr | undefined {
  const cidr = typeof value === "string" ? parseCidr(value) : undefined;
  return cidr?.ok ? cidr.value : undefined;
}

/** What reaches the kernel's log: other characters become `_`, 27 at most (policy-model 1.2). */
function readLogPrefix(prefix: unknown): string | undefined {
  if (typeof prefix !== "string" || prefix === "") return undefined;
  return prefix.replace(/[^A-Za-z0-9_:-]/gu, "_").slice(0, 27);
}
