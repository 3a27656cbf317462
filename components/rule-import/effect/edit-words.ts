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

function portsOf({ src, dst }: CanonicalRule): ReadonlySet<string> {
  const sides = { src: src.ports, notSrc: src.notPorts, dst: dst.ports, notDst: dst.notPorts };
  const named = Object.entries(sides).flatMap(([side, ports]) =>
    (ports ?? []).map((range) => `${side} ${text(range)}`),
  );
  return new Set(named);
}

function text([low, high]: PortRange): string {
  return `${low}:${high}`;
}

function portWords(old: ReadonlySet<string>, next: ReadonlySet<string>): readonly string[] {
  const added = [...next].filter((port) => !old.has(port)).length;
  const removed = [...old].filter((port) => !next.has(port)).length;
  if (added > 0 && removed > 0) return ["ports changed"];
  if (added > 0) return [added === 1 ? "1 port added" : `${added} ports added`];
  if (removed > 0) return [removed === 1 ? "1 port removed" : `${removed} ports removed`];
  return [];
}

function fieldWords(name: string, old: unknown, next: unknown): readonly string[] {
  const isSet = (value: unknown) =>
    Array.isArray(value) ? value.some((each) => each !== undefined) : value !== undefined;
  if (JSON.stringify(old) === JSON.stringify(next)) return [];
  if (!isSet(old)) return [`${name} set`];
  return isSet(next) ? [`${name} changed`] : [`${name} removed`];
}
