import { formatNet, parseNet } from "#policy/cidr.ts";

/** A network spelled out, with its host bits: `10/8` becomes `10.0.0.0/8`. Anything else stays as it is. */
export function spellNet(value: unknown): unknown {
  const net = typeof value === "string" ? parseNet(value) : undefined;
  return net?.ok ? formatNet(net.value) : value;
}
