import { parseAddress } from "#policy/address.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Cidr, Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

type Interval = readonly [first: bigint, last: bigint];

const WIDTH = { 4: 32n, 6: 128n } as const;

/** Where the search starts: the documentation blocks, which no real network uses. */
const START: Readonly<Record<Family, bigint>> = { 4: addressOf("192.0.2.1"), 6: addressOf("2001:db8::1") };

/** Blocks that are never a host's address on the wide network. */
const RESERVED: readonly { readonly family: Family; readonly base: string; readonly prefix: number }[] = [
  { family: 4, base: "0.0.0.0", prefix: 8 },
  { family: 4, base: "127.0.0.0", prefix: 8 },
  { family: 4, base: "224.0.0.0", prefix: 3 },
  { family: 6, base: "::", prefix: 8 },
  { family: 6, base: "fe80::", prefix: 10 },
  { family: 6, base: "ff00::", prefix: 8 },
];

/**
 * `count` different addresses of the family that stand for "somewhere unknown": no endpoint, no host, and in no network
 * named by any rule, except `/0`, which holds every address. Where rules name everything, only endpoints and hosts are
 * kept clear of.
 */
export function unnamedAddresses(snapshot: Snapshot, family: Family, count: number): readonly bigint[] {
  const known = knownAddresses(snapshot, family).map((address): Interval => [address, address]);
  const named = namedNets(snapshot)
    .filter((net) => net.family === family && net.prefix > 0)
    .map(intervalOf);
  const reserved = RESERVED.filter((block) => block.family === family).map(({ base, prefix }) =>
    blockInterval(family, addressOf(base), prefix),
  );
  const found = freeAddresses([...known, ...named, ...reserved], family, count);
  return found.length === count ? found : freeAddresses(known, family, count);
}

/** Every network a rule names, negated ones included; duplicates stay. */
export function namedNets(snapshot: Snapshot): readonly Cidr[] {
  const nets: Cidr[] = [];
  for (const { rules } of snapshot.profiles.values()) {
    if (rules.kind !== "valid") continue;
    for (const rule of [...rules.value.inbound, ...rules.value.outbound]) {
      const { src, dst } = canonicalRule(rule);
      for (const net of [src.net, src.notNet, dst.net, dst.notNet]) if (net !== undefined) nets.push(net);
    }
  }
  return nets;
}

function knownAddresses(snapshot: Snapshot, family: Family): readonly bigint[] {
  const addresses: bigint[] = [];
  for (const { value } of snapshot.endpoints.values()) {
    if (value.kind !== "valid") continue;
    for (const net of family === 4 ? value.value.ipv4Nets : value.value.ipv6Nets) addresses.push(net.address);
  }
  for (const { ip } of snapshot.hosts.values()) {
    const address = ip === undefined ? undefined : parseAddress(ip);
    if (address?.ok && address.value.family === family) addresses.push(address.value.value);
  }
  return addresses;
}

/** Walks the gaps between the intervals upwards from the start and, at the end of the space, once more from zero. */
function freeAddresses(taken: readonly Interval[], family: Family, count: number): readonly bigint[] {
  const sorted = [...taken].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const last = (1n << WIDTH[family]) - 1n;
  const found: bigint[] = [];
  for (const range of [
    [START[family], last],
    [1n, START[family] - 1n],
  ] as const) {
    let next = range[0];
    let index = 0;
    while (found.length < count && next <= range[1]) {
      const interval = sorted[index];
      if (interval !== undefined && interval[0] <= next) {
        if (interval[1] >= next) next = interval[1] + 1n;
        index += 1;
      } else {
        found.push(next);
        next += 1n;
      }
    }
  }
  return found;
}

function intervalOf(net: Cidr): Interval {
  return blockInterval(net.family, net.base, net.prefix);
}

function blockInterval(family: Family, base: bigint, prefix: number): Interval {
  return [base, base + (1n << (WIDTH[family] - BigInt(prefix))) - 1n];
}

function addressOf(text: string): bigint {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(`not an address: ${text}`);
  return address.value.value;
}
