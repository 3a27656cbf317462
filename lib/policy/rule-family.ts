import { ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { CanonicalRule, Family } from "#policy/rule.ts";

/**
 * The families in which a rule can match: derived from ip_version, its CIDRs (negated ones too) and ICMP
 * (policy-model 2.7). Empty when its parts contradict each other; such a rule is skipped, never widened.
 */
export function ruleFamilies(rule: CanonicalRule): readonly Family[] {
  if (contradictsItself(rule)) return [];
  const named = namedFamilies(rule);
  return ([4, 6] as const).filter((family) => named.every((one) => one === family));
}

function namedFamilies(rule: CanonicalRule): readonly Family[] {
  const named: (Family | undefined)[] = [
    rule.ipVersion,
    protocolFamily(effectiveProtocol(rule)),
    ...[rule.src, rule.dst].flatMap((side) => [side.net?.family, side.notNet?.family]),
  ];
  return named.filter((family) => family !== undefined);
}

/** The protocol the rule demands: an ICMP type without a protocol means icmp, in either polarity. */
export function effectiveProtocol(rule: CanonicalRule): number | undefined {
  return rule.protocol ?? (rule.icmp !== undefined || rule.notIcmp !== undefined ? ICMP : undefined);
}

function protocolFamily(protocol: number | undefined): Family | undefined {
  if (protocol === ICMP) return 4;
  return protocol === ICMPV6 ? 6 : undefined;
}

function contradictsItself(rule: CanonicalRule): boolean {
  const protocol = effectiveProtocol(rule);
  if (protocol !== undefined && protocol === rule.notProtocol) return true;
  const namesIcmp = rule.icmp !== undefined || rule.notIcmp !== undefined;
  if (namesIcmp && protocol !== ICMP && protocol !== ICMPV6) return true;
  // No packet has ICMP type 255, and the kernel would read it as any.
  return rule.icmp?.type === 255;
}
