import fc from "fast-check";
import type { SimulatedPacket } from "#dataplane/testing/parse-line.ts";
import { parseAddress } from "#policy/address.ts";

/**
 * States so tiny that every packet can be tried: two endpoints on this host, two elsewhere, two tags, rules that name
 * little else. Transitions between two of them are where an update in the wrong order would show.
 */
const TAGS = ["A", "B"];
const ADDRESSES = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];

const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

const tagRule = fc
  .record({
    action: pick(["allow", "allow", "deny"]),
    src_tag: fc.option(pick(TAGS), { nil: null, freq: 3 }),
    dst_tag: fc.option(pick(TAGS), { nil: null, freq: 2 }),
    "!src_tag": fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: pick(TAGS) }),
    "!dst_tag": fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: pick(TAGS) }),
    port: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant(22) }),
  })
  .map(({ port, ...rule }) => (port === null ? rule : { ...rule, protocol: "tcp", dst_ports: [port] }));

const rules = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      inbound_rules: fc.array(tagRule, { maxLength: 3 }),
      outbound_rules: fc.oneof(fc.constant([{ action: "allow" }]), fc.array(tagRule, { maxLength: 2 })),
    }),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const profile = fc
  .record({ tags: fc.subarray(TAGS), rules })
  .map(({ tags, rules }) => (rules ? { tags, rules } : { tags }));

const endpoint = (index: number) =>
  fc.record({
    host: fc.constant(index < 2 ? "h1" : "h2"),
    state: fc.constant("active"),
    name: fc.constant(`cali${index}`),
    profile_ids: fc.oneof(
      { weight: 6, arbitrary: fc.subarray(["P", "Q"]) },
      { weight: 1, arbitrary: fc.constant(["Q", "P"]) },
    ),
    ipv4_nets: fc.constant([ADDRESSES[index]]),
    ipv6_nets: fc.constant([]),
  });

/** A state file's object; an endpoint may be missing. */
export const tinyState = fc
  .record({
    P: profile,
    Q: profile,
    endpoints: fc.tuple(...ADDRESSES.map((_, index) => fc.option(endpoint(index), { nil: undefined, freq: 6 }))),
  })
  .map(({ P, Q, endpoints }) => ({
    profiles: { P, Q },
    endpoints: Object.fromEntries(endpoints.flatMap((one, index) => (one === undefined ? [] : [[`e${index}`, one]]))),
  }));

/** Every new connection between two of the addresses as this host's FORWARD sees it, to two ports. */
export const tinyPackets: readonly SimulatedPacket[] = ADDRESSES.flatMap((src, from) =>
  ADDRESSES.flatMap((dst, to) =>
    from === to || (from >= 2 && to >= 2) ? [] : [22, 80].map((port) => packet({ src, dst, from, to }, port)),
  ),
);

type Ends = { readonly src: string; readonly dst: string; readonly from: number; readonly to: number };

function packet({ src, dst, from, to }: Ends, dstPort: number): SimulatedPacket {
  return {
    family: 4,
    protocol: 6,
    src: number(src),
    dst: number(dst),
    srcPort: 40_000,
    dstPort,
    inInterface: from < 2 ? `cali${from}` : "eth0",
    outInterface: to < 2 ? `cali${to}` : "eth0",
    state: "NEW",
    isRoutedBack: true,
  };
}

function number(text: string): bigint {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(text);
  return address.value.value;
}
