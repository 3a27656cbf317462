import {
  type ConnectionSet,
  complement,
  EVERYTHING,
  intersect,
  NOTHING,
} from "#analysis/connections/connection-set.ts";
import { type Interval, LEVEL, type Level, within } from "#analysis/connections/diagram.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { CanonicalRule, Family, IcmpKind, PortRange, Rule } from "#policy/rule.ts";

const LEAST_PROTOCOL = 1;
const MAX_PROTOCOL = 255;
const MAX_ICMP = 255;
const MAX_PORT = 65535;

const regionByRule = new WeakMap<Rule, ConnectionSet>();

/**
 * The connections a rule's words other than tags and networks match: families, protocol, ports, ICMP. Tags and networks
 * are about the two ends, which policy-diagram.ts knows. Remembered per rule object.
 */
export function ruleRegion(rule: Rule): ConnectionSet {
  const known = regionByRule.get(rule);
  if (known !== undefined) return known;
  const { canonical, families, protocol } = prepareRule(rule);
  const region = families.length === 0 ? NOTHING : intersect(familyRegion(families), headerRegion(canonical, protocol));
  regionByRule.set(rule, region);
  return region;
}

/** Connections of these families. */
export function familyRegion(families: readonly Family[]): ConnectionSet {
  if (families.length === 2) return EVERYTHING;
  return within(LEVEL.family, 4, families[0] === 4 ? [{ start: 4, end: 6 }] : families[0] === 6 ? [{ start: 6 }] : []);
}

function headerRegion(rule: CanonicalRule, protocol: number | undefined): ConnectionSet {
  const parts: ConnectionSet[] = [];
  if (protocol !== undefined) parts.push(protocolRegion(protocol));
  if (rule.notProtocol !== undefined) parts.push(complement(protocolRegion(rule.notProtocol)));
  if (rule.icmp !== undefined) parts.push(icmpRegion(rule.icmp));
  if (rule.notIcmp !== undefined) parts.push(complement(icmpRegion(rule.notIcmp)));
  for (const [side, level] of [
    [rule.src, LEVEL.first],
    [rule.dst, LEVEL.second],
  ] as const) {
    if (side.ports !== undefined) parts.push(portRegion(level, side.ports));
    if (side.notPorts !== undefined) parts.push(complement(portRegion(level, side.notPorts)));
  }
  return parts.reduce(intersect, EVERYTHING);
}

function protocolRegion(protocol: number): ConnectionSet {
  return within(LEVEL.protocol, LEAST_PROTOCOL, [interval(protocol, protocol, MAX_PROTOCOL)]);
}

/** Type 255 is legal data that no packet has (evaluation.md, E3). */
function icmpRegion({ type, code }: IcmpKind): ConnectionSet {
  if (type === MAX_ICMP) return NOTHING;
  const types = within(LEVEL.first, 0, [interval(type, type, MAX_ICMP)]);
  return code === undefined ? types : intersect(types, within(LEVEL.second, 0, [interval(code, code, MAX_ICMP)]));
}

function portRegion(level: Level, ranges: readonly PortRange[]): ConnectionSet {
  return within(
    level,
    0,
    ranges.map(([lo, hi]) => interval(lo, hi, MAX_PORT)),
  );
}

function interval(lo: number, hi: number, max: number): Interval {
  return hi === max ? { start: lo } : { start: lo, end: hi + 1 };
}
