import type { PortRange } from "#policy/rule.ts";

export const MAX_PORT = 65535;

/** One stored port entry as a range: an integer, or `"lo:hi"` with lo < hi; `undefined` for anything else. */
export function parsePortEntry(entry: unknown): PortRange | undefined {
  if (typeof entry === "number") return isPort(entry) ? [entry, entry] : undefined;
  const bounds = typeof entry === "string" ? /^(\d{1,9}):(\d{1,9})$/.exec(entry) : null;
  if (bounds === null) return undefined;
  const [lo, hi] = [Number(bounds[1]), Number(bounds[2])];
  return isPort(hi) && lo < hi ? [lo, hi] : undefined;
}

/** The same set of ports as sorted ranges that neither overlap nor touch. */
export function mergePorts(ranges: readonly PortRange[]): readonly PortRange[] {
  if (ranges.length < 2) return ranges;
  const merged: [number, number][] = [];
  for (const [lo, hi] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && lo <= last[1] + 1) last[1] = Math.max(last[1], hi);
    else merged.push([lo, hi]);
  }
  return merged;
}

/** Ranges as rule text writes them: `80,443,7000:7999`. */
export function formatPorts(ranges: readonly PortRange[]): string {
  return ranges.map(([lo, hi]) => (lo === hi ? String(lo) : `${lo}:${hi}`)).join(",");
}

/** True when one of the ranges holds the port. */
export function portsContain(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(([lo, hi]) => lo <= port && port <= hi);
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_PORT;
}
