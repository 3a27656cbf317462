import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatPorts } from "#policy/port-range.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const portsByProfiles = new WeakMap<Snapshot["profiles"], readonly string[]>();

/** Ports and ranges that rules of the policy name, each once, in the order of their numbers. */
export function knownPortsOf({ profiles }: Snapshot): readonly string[] {
  const known = portsByProfiles.get(profiles);
  if (known !== undefined) return known;
  const lowest = new Map<string, number>();
  for (const { rules } of profiles.values()) {
    for (const rule of rules.kind === "valid" ? [...rules.value.inbound, ...rules.value.outbound] : []) {
      for (const range of canonicalRule(rule).dst.ports ?? []) lowest.set(formatPorts([range]), range[0]);
    }
  }
  const ports = [...lowest].sort(([, a], [, b]) => a - b).map(([text]) => text);
  portsByProfiles.set(profiles, ports);
  return ports;
}
