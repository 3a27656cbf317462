import { canonicalRule } from "#policy/canonical-rule.ts";
import type { CanonicalRule, PortRange, Rule } from "#policy/rule.ts";

/** What an edit changed of a rule, in a few words: `1 port added, version set`. */
export function editWords(before: Rule, after: Rule): string {
  const [old, next] = [canonicalRule(before), canonicalRule(after)];
  const words = [
    ...(old.action === next.action ? [] : [`was ${old.action}`]),
    ...fieldWords("version", old.ipVersion, next.ipVersion),
    ...fieldWords("protocol", protocolOf(old), protocolOf(next)),
    ...fieldWords("icmp type", [old.icmp, old.notIcmp], [next.icmp, next.notIcmp]),
    ...portWords(portsOf(old), portsOf(next)),
    ...fieldWords("tag", tagsOf(old), tagsOf(next)),
    ...fieldWords("network", netsOf(old), netsOf(next)),
    ...fieldWords("prefix", old.logPrefix, next.logPrefix),
  ];
  return words.length === 0 ? "edited" : words.join(", ");
}

function protocolOf({ protocol, notProtocol }: CanonicalRule) {
  return [protocol, notProtocol];
}

function tagsOf({ src, dst }: CanonicalRule) {
  return [src.tag, src.notTag, dst.tag, dst.notTag];
}

function netsOf({ src, dst }: CanonicalRule) {
  return [src.net?.text, src.notNet?.text, dst.net?.text, dst.notNet?.text];
}

type SidePorts = readonly (readonly PortRange[])[];

function portsOf({ src, dst }: CanonicalRule): SidePorts {
  return [src.ports, src.notPorts, dst.ports, dst.notPorts].map((ports) => ports ?? []);
}

function portWords(old: SidePorts, next: SidePorts): readonly string[] {
  const added = countBeyond(next, old);
  const removed = countBeyond(old, next);
  if (added > 0 && removed > 0) return ["ports changed"];
  if (added > 0) return [added === 1 ? "1 port added" : `${added} ports added`];
  if (removed > 0) return [removed === 1 ? "1 port removed" : `${removed} ports removed`];
  return [];
}

/** How many ports of one rule the other does not have, side by side. */
function countBeyond(ports: SidePorts, others: SidePorts): number {
  return ports.reduce((sum, ranges, side) => {
    const size = ranges.reduce((count, [low, high]) => count + high - low + 1, 0);
    return sum + size - countShared(ranges, others[side] ?? []);
  }, 0);
}

function countShared(a: readonly PortRange[], b: readonly PortRange[]): number {
  const overlaps = a.flatMap(([low, high]) =>
    b.map(([otherLow, otherHigh]) => Math.max(0, Math.min(high, otherHigh) - Math.max(low, otherLow) + 1)),
  );
  return overlaps.reduce((sum, overlap) => sum + overlap, 0);
}

function fieldWords(name: string, old: unknown, next: unknown): readonly string[] {
  const isSet = (value: unknown) =>
    Array.isArray(value) ? value.some((each) => each !== undefined) : value !== undefined;
  if (JSON.stringify(old) === JSON.stringify(next)) return [];
  if (!isSet(old)) return [`${name} set`];
  return isSet(next) ? [`${name} changed`] : [`${name} removed`];
}
