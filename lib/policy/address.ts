import type { IssueFact } from "#policy/issue.ts";
import type { Family } from "#policy/rule.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** One IP address: its family, its number and its canonical text. */
export type Address = { readonly family: Family; readonly value: bigint; readonly text: string };

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const HEXTET = /^[0-9A-Fa-f]{1,4}$/;

/**
 * Accepts one whole IPv4 or IPv6 address. Zones, shortened IPv4 (`10`) and octets with a leading zero are refused:
 * programs disagree about what those mean.
 */
export function parseAddress(text: string): Result<Address, IssueFact> {
  if (!text.includes(":")) {
    const number = ipv4Number(text);
    // Without leading zeros there is one way to write it.
    return number === undefined ? bad(text) : ok({ family: 4, value: BigInt(number), text });
  }
  const groups = ipv6Groups(text);
  return groups === undefined ? bad(text) : ok({ family: 6, value: groupsNumber(groups), text: formatGroups(groups) });
}

/** The family and canonical text of an address, without its number, which costs as much again. */
export function parseAddressText(text: string): { readonly family: Family; readonly text: string } | undefined {
  if (!text.includes(":")) return ipv4Number(text) === undefined ? undefined : { family: 4, text };
  const groups = ipv6Groups(text);
  return groups === undefined ? undefined : { family: 6, text: formatGroups(groups) };
}

/** Writes an address the canonical way: dotted IPv4, RFC 5952 IPv6 (with a dotted tail for ::ffff:0:0/96). */
export function formatAddress(family: Family, value: bigint): string {
  return family === 4 ? formatIpv4(Number(value)) : formatGroups(groupsOf(value));
}

function bad(text: string): Result<Address, IssueFact> {
  return err({ kind: "bad-address", found: text });
}

/** Character by character: a node reads a hundred thousand of them when it starts. */
function ipv4Number(text: string): number | undefined {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (digits === 0) return undefined;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
      continue;
    }
    const isLeadingZero = digits > 0 && octet === 0;
    if (code < ZERO || code > NINE || isLeadingZero) return undefined;
    octet = octet * 10 + code - ZERO;
    digits += 1;
    if (octet > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : undefined;
}

/** The eight groups of an IPv6 text. */
function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = hextets(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? hextets(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // "::" stands for at least one group; without it all eight are written.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  for (let index = 0; index < missing; index += 1) head.push(0);
  for (const group of tail) head.push(group);
  return head;
}

/** Groups of one half of an IPv6 text; only the last half may end in a dotted IPv4 address. */
function hextets(text: string, isLast: boolean): number[] | undefined {
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
    groups.push(dotted >>> 16, dotted & 0xffff);
  }
  return groups;
}

function groupsNumber(groups: readonly number[]): bigint {
  return BigInt(`0x${groups.map((group) => group.toString(16).padStart(4, "0")).join("")}`);
}

function groupsOf(value: bigint): readonly number[] {
  const hex = value.toString(16).padStart(32, "0");
  return Array.from({ length: 8 }, (_, index) => Number.parseInt(hex.slice(4 * index, 4 * index + 4), 16));
}

function formatIpv4(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

function formatGroups(groups: readonly number[]): string {
  const run = longestZeroRun(groups);
  const [, , , , , sixth, seventh = 0, eighth = 0] = groups;
  // ::ffff:0:0/96 has its first five groups zero, and the longest run ends before the sixth.
  const isMapped = sixth === 0xffff && run.start === 0 && run.length === 5;
  if (isMapped) return `::ffff:${formatIpv4(seventh * 0x10000 + eighth)}`;
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(":");
  // An empty piece for the run, and one more where it begins or ends the text.
  const isLast = run.start + run.length === groups.length;
  hex.splice(run.start, run.length, ...(run.start === 0 ? [""] : []), "", ...(isLast ? [""] : []));
  return hex.join(":");
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
