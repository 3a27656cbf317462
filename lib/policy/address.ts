import type { IssueFact } from "#policy/issue.ts";
import type { Family } from "#policy/rule.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** One IP address: its family, its number and its canonical text. */
export type Address = { readonly family: Family; readonly value: bigint; readonly text: string };

const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const HEXTET = /^[0-9A-Fa-f]{1,4}$/;

/**
 * Accepts one whole IPv4 or IPv6 address. Zones, shortened IPv4 (`10`) and octets with a leading zero are refused:
 * programs disagree about what those mean.
 */
export function parseAddress(text: string): Result<Address, IssueFact> {
  const family = text.includes(":") ? 6 : 4;
  const value = family === 6 ? ipv6Number(text) : ipv4Number(text);
  if (value === undefined) return err({ kind: "bad-address", found: text });
  return ok({ family, value, text: formatAddress(family, value) });
}

/** Writes an address the canonical way: dotted IPv4, RFC 5952 IPv6 (with a dotted tail for ::ffff:0:0/96). */
export function formatAddress(family: Family, value: bigint): string {
  return family === 4 ? formatIpv4(value) : formatIpv6(value);
}

function ipv4Number(text: string): bigint | undefined {
  const octets = text.split(".");
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!OCTET.test(octet) || Number(octet) > 255) return undefined;
    value = value * 256 + Number(octet);
  }
  return BigInt(value);
}

function ipv6Number(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = hextets(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? hextets(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // "::" stands for at least one group; without it all eight are written.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail].reduce(
    (value, hextet) => (value << 16n) | BigInt(hextet),
    0n,
  );
}

/** Groups of one half of an IPv6 text; only the last half may end in a dotted IPv4 address. */
function hextets(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (HEXTET.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const dotted = isLast && index === parts.length - 1 ? ipv4Number(part) : undefined;
    if (dotted === undefined) return undefined;
    groups.push(Number(dotted >> 16n), Number(dotted & 0xffffn));
  }
  return groups;
}

function formatIpv4(value: bigint): string {
  const number = Number(value);
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

function formatIpv6(value: bigint): string {
  if (value >> 32n === 0xffffn) return `::ffff:${formatIpv4(value & 0xffffffffn)}`;
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

/** The first of the longest runs of zero groups. */
function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
