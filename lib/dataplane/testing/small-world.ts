import fc from "fast-check";

/**
 * Random policy states and probes in a world so small that rules, tags, addresses and packets keep meeting: two hosts,
 * four profiles, six endpoints. States are written as a state file, so that everything passes our own parsers.
 */
export type SmallState = Readonly<Record<string, unknown>>;
export type SmallProbe = Readonly<Record<string, unknown>>;

const TAGS = ["A", "B", "C"];
const PROFILES = ["P0", "P1", "P2", "P3"];
const HOSTS = ["h1", "h2"];
const PORTS = [0, 53, 68, 67, 80, 443, 7890, 65535];
const V4 = ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.1.2", "10.1.0.1", "172.20.0.5"];
const V6 = ["fd00::1", "fd00::2", "fd00:1::1", "fd00:1::2", "fd01::1", "fd02::5"];
const OUTSIDE = { 4: ["192.0.2.9", "10.0.0.77", "10.1.2.3"], 6: ["2001:db8::9", "fd00::77", "fd01::3"] } as const;
const NETS = {
  4: [
    "10.0.0.0/8",
    "10.0.0.0/24",
    "10.0.1.0/24",
    "10.0.0.1",
    "192.0.2.0/24",
    "0.0.0.0/0",
    "10.1.2.3/16",
    "10.0.0.0/31",
  ],
  6: ["fd00::/8", "fd00::/64", "fd00:1::/64", "fd00::1", "2001:db8::/32", "::/0", "fd01::3/32", "fd00::/127"],
} as const;
const PORT_PROTOCOLS = ["tcp", "udp", "sctp", "udplite", 6, "17", 33, 132, "136"];
const ICMP_TYPES = [0, 3, 8, 128, 135, 255];

const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

/** A field that is there once in `times`. */
function rarely<T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 1, arbitrary }, { weight: times - 1, arbitrary: fc.constant(undefined) });
}

/** A field that is missing once in `times`. */
function mostly<T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) });
}

function fields(record: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(record)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}

const ports = fc.array(
  fc.oneof(pick(PORTS), pick(["1:79", "80:443", "0:65535", "7000:8000", "52:54"]), fc.integer({ min: 0, max: 65535 })),
  { minLength: 0, maxLength: 3 },
);
const manyPorts = fc.array(fc.oneof(pick(PORTS), pick(["100:200", "300:400"]), fc.integer({ min: 0, max: 65535 })), {
  minLength: 14,
  maxLength: 34,
});
const portList = fc.oneof({ weight: 9, arbitrary: ports }, { weight: 1, arbitrary: manyPorts });

const common = {
  action: mostly(fc.oneof({ weight: 6, arbitrary: pick(["allow", "allow", "deny"]) }, pick(["log", "next-tier"])), 8),
  log_prefix: rarely(pick(["dropped", 'it\'s "odd"', "x".repeat(60)]), 12),
  src_tag: rarely(pick(TAGS), 3),
  dst_tag: rarely(pick(TAGS), 5),
  "!src_tag": rarely(pick(TAGS), 8),
  "!dst_tag": rarely(pick(TAGS), 8),
};

function netFields(family: 4 | 6) {
  const net = pick([...NETS[family]] as string[]);
  return { src_net: rarely(net, 4), dst_net: rarely(net, 6), "!src_net": rarely(net, 8), "!dst_net": rarely(net, 8) };
}

const portRule = pick([4, 6] as const).chain((family) =>
  fields({
    ...common,
    ...netFields(family),
    protocol: pick(PORT_PROTOCOLS),
    src_ports: rarely(portList, 5),
    dst_ports: mostly(portList, 4),
    "!src_ports": rarely(portList, 8),
    "!dst_ports": rarely(portList, 5),
  }),
);

const icmpRule = pick([4, 6] as const).chain((family) =>
  fc
    .tuple(
      fields({
        ...common,
        ...netFields(family),
        protocol: mostly(family === 4 ? pick(["icmp", 1]) : pick(["icmpv6", "58"]), 3),
      }),
      mostly(pick(ICMP_TYPES), 3),
      rarely(pick([0, 1, 255]), 3),
      rarely(pick(ICMP_TYPES), 2),
      rarely(pick([0, 1]), 3),
    )
    .map(([rule, type, code, notType, notCode]) => ({
      ...rule,
      ...(type !== undefined && { icmp_type: type, ...(code !== undefined && { icmp_code: code }) }),
      ...(notType !== undefined && { "!icmp_type": notType, ...(notCode !== undefined && { "!icmp_code": notCode }) }),
    })),
);

const plainRule = pick([4, 6] as const).chain((family) =>
  fields({
    ...common,
    ...netFields(family),
    ip_version: rarely(fc.constant(family), 6),
    protocol: rarely(pick([...PORT_PROTOCOLS, 47, 1, 58, 255]), 4),
    "!protocol": rarely(pick(["tcp", "udp", 1, "icmpv6", 47, 132]), 4),
  }),
);

const rule = fc.oneof(
  { weight: 4, arbitrary: portRule },
  { weight: 3, arbitrary: plainRule },
  { weight: 2, arbitrary: icmpRule },
);
// Random rules alone would let so little pass that half of what can go wrong would not show.
const ruleList = fc
  .tuple(fc.array(rule, { maxLength: 5 }), rarely(fc.constant({ action: "allow" }), 3))
  .map(([list, last]) => (last === undefined ? list : [...list, last]));
const rules = fc.oneof(
  { weight: 14, arbitrary: fc.record({ inbound_rules: ruleList, outbound_rules: ruleList }) },
  {
    weight: 2,
    arbitrary: fc.constant({ inbound_rules: [{ action: "allow" }], outbound_rules: [{ action: "allow" }] }),
  },
  { weight: 1, arbitrary: fc.constant({ inbound_rules: [{ dst_ports: [80] }], outbound_rules: [] }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const profile = fields({ tags: mostly(fc.array(pick(TAGS), { maxLength: 2 }), 12), rules });

const endpoint = (index: number) =>
  fields({
    host: pick(HOSTS),
    state: fc.oneof({ weight: 9, arbitrary: fc.constant("active") }, fc.constant("inactive")),
    name: fc.constant(`cali${["a", "ab", "b1", "b2", "0", "-x"][index] ?? index}`),
    mac: mostly(fc.constant(`ee:00:00:00:00:0${index}`), 3),
    profile_ids: fc.array(pick([...PROFILES, ...PROFILES, "GONE"]), { maxLength: 3 }),
    ipv4_nets: fc.constant([V4[index]]),
    ipv6_nets: fc.constant([V6[index]]),
    invalid: rarely(fc.constant(true), 15),
  });

/** A state file's object. */
export const smallState: fc.Arbitrary<SmallState> = fc
  .record({
    action: mostly(pick(["DROP", "RETURN", "ACCEPT"]), 3),
    profiles: fc.tuple(...PROFILES.map(() => fc.option(profile, { freq: 12, nil: undefined }))),
    endpoints: fc.tuple(...V4.map((_, index) => endpoint(index))),
  })
  .map(({ action, profiles, endpoints }) => ({
    hosts: { h1: { ip: "172.16.0.1" }, h2: { ip: "172.16.0.2" } },
    config: action === undefined ? {} : { DefaultEndpointToHostAction: action },
    profiles: Object.fromEntries(profiles.flatMap((one, index) => (one === undefined ? [] : [[PROFILES[index], one]]))),
    endpoints: Object.fromEntries(endpoints.map((one, index) => [`e${index}`, one])),
  }));

const endpointPlace = fc.nat({ max: V4.length - 1 }).map((index) => ({ endpoint: `e${index}` }));
const outsidePlace = (family: 4 | 6) => pick<string>([...OUTSIDE[family]]).map((ip) => ({ ip }));
const hostPlace = pick(HOSTS).map((host) => ({ host }));

const headers = (family: 4 | 6): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        protocol: pick(["tcp", "udp", 132, 33, 136]),
        src_port: pick([...PORTS, 40000]),
        dst_port: fc.oneof(pick([...PORTS, 546, 547]), fc.integer({ min: 0, max: 65535 })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        protocol: fc.constant(family === 4 ? "icmp" : "icmpv6"),
        icmp_type: pick([0, 3, 8, 128, 134, 135]),
        icmp_code: pick([0, 1]),
      }),
    },
    { weight: 1, arbitrary: fc.record({ protocol: pick([47, 2, 50]) }) },
  );

/** A probe between endpoints, hosts and the world outside, as a policy test writes it. */
export const smallProbe: fc.Arbitrary<SmallProbe> = pick([4, 6] as const).chain((family) =>
  fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(endpointPlace, endpointPlace) },
        { weight: 2, arbitrary: fc.tuple(outsidePlace(family), endpointPlace) },
        { weight: 2, arbitrary: fc.tuple(endpointPlace, outsidePlace(family)) },
        { weight: 2, arbitrary: fc.tuple(endpointPlace, hostPlace) },
        { weight: 1, arbitrary: fc.tuple(hostPlace, endpointPlace) },
      ),
      headers(family),
      fields({
        ct_state: rarely(pick(["established", "related", "invalid"]), 8),
        src_mac: rarely(pick(["ee:00:00:00:00:00", "ee:00:00:00:00:01"]), 8),
        src_ip: rarely(pick<string>([...(family === 4 ? V4 : V6), OUTSIDE[family][0]]), 8),
      }),
    )
    .map(([[src, dst], header, rest]) => ({ src, dst, ip_version: family, ...header, ...rest })),
);
