import { netToCidr } from "#policy/cidr.ts";
import type { Cidr } from "#policy/rule.ts";

/**
 * The networks that make up `net` without `hole`, by ascending prefix length: none when the hole covers it, `net`
 * itself when they are apart. iptables takes one source network a line, so a rule with both becomes one line each.
 */
export function subtractCidr(net: Cidr, hole: Cidr): readonly Cidr[] {
  if (net.family !== hole.family) return [net];
  const bits = net.family === 4 ? 32 : 128;
  if (hole.prefix <= net.prefix) return covers(hole, net.base, bits) ? [] : [net];
  if (!covers(net, hole.base, bits)) return [net];
  return Array.from({ length: hole.prefix - net.prefix }, (_, index) => {
    const prefix = net.prefix + index + 1;
    const shift = BigInt(bits - prefix);
    // The sibling of the hole's own half at this depth.
    return netToCidr({ family: net.family, address: ((hole.base >> shift) ^ 1n) << shift, prefix });
  });
}

function covers(outer: Cidr, address: bigint, bits: number): boolean {
  const shift = BigInt(bits - outer.prefix);
  return address >> shift === outer.base >> shift;
}
