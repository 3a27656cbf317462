import type { PortChunk } from "#dataplane/desired/rules/rule-fragment.ts";
import type { PortRange } from "#policy/rule.ts";

// iptables' multiport match takes at most 15 entries and a range counts as two (iptables-extensions(8)).
const MAX_SLOTS = 15;

/** Splits ports into groups one multiport match can hold; keeps order. Never returns an empty group. */
export function splitPorts(ports: readonly PortRange[]): readonly PortChunk[] {
  const chunks: PortRange[][] = [];
  let free = 0;
  for (const range of ports) {
    const slots = range[0] === range[1] ? 1 : 2;
    if (slots > free) {
      chunks.push([]);
      free = MAX_SLOTS;
    }
    chunks.at(-1)?.push(range);
    free -= slots;
  }
  return chunks;
}
