import { formatAddress, parseAddress } from "#policy/address.ts";
import type { IssueFact } from "#policy/issue.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A network as it was written: the address keeps its host bits. */
export type Net = { readonly family: Family; readonly address: bigint; readonly prefix: number };

const PARTIAL_IPV4 = /^\d{1,9}(?:\.\d{1,9}){0,3}$/;
const PREFIX = /^\d{1,9}$/;

/** Accepts a network as parseNet does, and masks its host bits away. */
export function parseCidr(text: string): Result<Cidr, IssueFact> {
  const net = parseNet(text);
  return net.ok ? ok(netToCidr(net.value)) : net;
}

/**
 * Accepts what the classic agent accepts as a network (policy-model 1.2): `10.1.2.3/8`, `10/8`, a bare address,
 * a mask instead of the prefix length. Octets are decimal whatever they start with.
 */
export function parseNet(text: string): Result<Net, IssueFact> {
  const slash = text.indexOf("/");
  const address = anyAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return err({ kind: "bad-cidr", found: text });
  const width = widthOf(address.family);
  const prefix = slash < 0 ? width : prefixLength(text.slice(slash + 1), address.family);
  if (prefix === undefined || prefix > width) return err({ kind: "bad-cidr", found: text });
  return ok({ ...address, prefix });
}

/** Writes a network with its host bits, canonical otherwise: `10/8` becomes `10.0.0.0/8`, `10.1.2.3/8` stays. */
export function formatNet(net: Net): string {
  return `${formatAddress(net.family, net.address)}/${net.prefix}`;
}

/** The block a network names. */
export function netToCidr(net: Net): Cidr {
  const hostBits = BigInt(widthOf(net.family) - net.prefix);
  const base = (net.address >> hostBits) << hostBits;
  return { family: net.family, base, prefix: net.prefix, text: `${formatAddress(net.family, base)}/${net.prefix}` };
}

/** True when the address, of the given family, lies in the block. */
export function cidrContains(cidr: Cidr, family: Family, address: bigint): boolean {
  const hostBits = BigInt(widthOf(cidr.family) - cidr.prefix);
  return cidr.family === family && address >> hostBits === cidr.base >> hostBits;
}

function widthOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

function anyAddress(text: string): { readonly family: Family; readonly address: bigint } | undefined {
  if (PARTIAL_IPV4.test(text)) return partialIpv4(text);
  const whole = parseAddress(text);
  return whole.ok ? { family: whole.value.family, address: whole.value.value } : undefined;
}

/** Octets that are not written are zero, as in `10/8`. */
function partialIpv4(text: string): { readonly family: Family; readonly address: bigint } | undefined {
  const octets = text.split(".");
  let value = 0;
  for (let index = 0; index < 4; index += 1) {
    const octet = Number(octets[index] ?? 0);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return { family: 4, address: BigInt(value) };
}

function prefixLength(text: string, family: Family): number | undefined {
  if (PREFIX.test(text)) return Number(text);
  const mask = parseAddress(text);
  if (!mask.ok || mask.value.family !== family) return undefined;
  const width = widthOf(family);
  const ones = (1n << BigInt(width)) - 1n;
  return leadingOnes(mask.value.value, width) ?? leadingOnes(mask.value.value ^ ones, width);
}

/** How many ones lead a mask; nothing when a one follows a zero. */
function leadingOnes(mask: bigint, width: number): number | undefined {
  const inverted = mask ^ ((1n << BigInt(width)) - 1n);
  if ((inverted & (inverted + 1n)) !== 0n) return undefined;
  return inverted === 0n ? width : width - inverted.toString(2).length;
}
