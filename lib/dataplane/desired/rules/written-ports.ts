import { mergePorts, parsePortEntry } from "#policy/port-range.ts";
import type { PortRange, Rule } from "#policy/rule.ts";

export type PortField = "src_ports" | "dst_ports" | "!src_ports" | "!dst_ports";

/** A rule's ports in the order they were written, so that lines in the kernel read like the rule. */
export function writtenPorts(rule: Rule, field: PortField): readonly PortRange[] | undefined {
  const stored = rule[field];
  if (!Array.isArray(stored) || stored.length === 0) return undefined;
  return stored.flatMap((entry) => {
    const range = parsePortEntry(entry);
    return range === undefined ? [] : [range];
  });
}

/** The same ports as few sorted ranges: for lists too long to keep as written. */
export function compactPorts(ports: readonly PortRange[] | undefined): readonly PortRange[] | undefined {
  return ports && mergePorts(ports);
}
