import fc from "fast-check";

/**
 * Random small states and probes for property tests: few names, addresses and ports, so that rules, tags, networks and
 * probes meet. States are state files (cli.md): several profiles per endpoint, missing and invalid ones, every rule
 * field in both polarities, both families, shared addresses, blocks, inactive and invalid endpoints.
 */
type Json = Readonly<Record<string, unknown>>;

const PROFILE_IDS = ["P", "Q", "R"];
const TAGS = ["A", "B", "C", "P"];
const V4 = ["10.0.0.1", "10.0.0.2", "10.0.5.0", "10.9.9.9"];
const V6 = ["fd00::1", "fd00::2", "fd00:1::9"];
const OUTSIDE_4 = ["192.0.2.9", "10.0.0.77", "10.200.0.1", "172.16.0.1", "172.16.0.2"];
const OUTSIDE_6 = ["2001:db8::77", "fd00::99", "fd00:1::8"];
const NETS = [
  "10/8",
  "10.0.0.0/24",
  "10.0.0.1",
  "10.1.2.3/8",
  "0.0.0.0/0",
  "172.16.0.0/30",
  "fd00::/16",
  "fd00::1",
  "::/0",
];
const PORTS = [0, 22, 53, 80, 443, 65535, "22:80", "1024:65535", "0:52"];
const PROTOCOLS = ["tcp", "udp", "icmp", "icmpv6", "sctp", "6", 17, 1, "58", 47];
const PORT_PROTOCOLS: readonly unknown[] = ["tcp", "udp", "sctp", "6", 17];
const ICMP_NUMBERS = [0, 3, 8, 128, 133, 255];

/** A state file's object. */
export function arbitraryState(): fc.Arbitrary<Json> {
  return fc.record({
    hosts: fc.constantFrom<Json>(
      { h1: { ip: "172.16.0.1" }, h2: { ip: "172.16.0.2" } },
      { h1: {} },
      {
        h1: { ip: "172.16.0.1", config: { DefaultEndpointToHostAction: "RETURN" } },
      },
    ),
    config: fc.constantFrom<Json>(
      { DefaultEndpointToHostAction: "DROP" },
      { DefaultEndpointToHostAction: "RETURN" },
      { DefaultEndpointToHostAction: "ACCEPT" },
      { DefaultEndpointToHostAction: "return" },
      {},
    ),
    profiles: fc.record(
      { P: arbitraryProfileJson(), Q: arbitraryProfileJson(), R: arbitraryProfileJson() },
      { requiredKeys: ["P"] },
    ),
    endpoints: fc.record({ a: arbitraryEndpointJson(), b: arbitraryEndpointJson(), c: arbitraryEndpointJson() }),
  });
}

/** A profile as a state file writes it; sometimes without a leaf, sometimes with a void one. */
export function arbitraryProfileJson(): fc.Arbitrary<Json> {
  const tags = fc.oneof(
    { weight: 8, arbitrary: fc.array(fc.constantFrom(...TAGS), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant(["bad tag"]) },
  );
  const list = fc.array(arbitraryRuleJson(), { maxLength: 5 });
  const rules = fc.oneof(
    { weight: 12, arbitrary: fc.record({ inbound_rules: list, outbound_rules: list }) },
    { weight: 1, arbitrary: fc.constant({ inbound_rules: [{ action: "permit" }], outbound_rules: [] }) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  return fc.oneof(
    { weight: 10, arbitrary: fc.record({ tags, rules }) },
    { weight: 1, arbitrary: fc.record({ tags }) },
    { weight: 1, arbitrary: fc.record({ rules }) },
  );
}

/** A rule as stored: valid, though it may contradict itself. */
export function arbitraryRuleJson(): fc.Arbitrary<Json> {
  const tag = fc.constantFrom(...TAGS);
  const net = fc.constantFrom(...NETS);
  const ports = fc.array(fc.constantFrom(...PORTS), { maxLength: 3 });
  const icmp = fc.constantFrom(...ICMP_NUMBERS);
  const field = rarely;
  return fc
    .record({
      action: fc.constantFrom("allow", "allow", "allow", "deny", "deny", "log", "next-tier", undefined),
      ip_version: field(fc.constantFrom(4, 6), 8),
      protocol: field(fc.constantFrom(...PROTOCOLS), 2),
      "!protocol": field(fc.constantFrom(...PROTOCOLS), 8),
      src_tag: field(tag, 5),
      "!src_tag": field(tag, 8),
      dst_tag: field(tag, 5),
      "!dst_tag": field(tag, 8),
      src_net: field(net, 8),
      "!src_net": field(net, 10),
      dst_net: field(net, 8),
      "!dst_net": field(net, 10),
      src_ports: field(ports, 4),
      "!src_ports": field(ports, 8),
      dst_ports: field(ports, 2),
      "!dst_ports": field(ports, 6),
      icmp_type: field(icmp, 4),
      icmp_code: field(fc.constantFrom(0, 4), 3),
      "!icmp_type": field(icmp, 6),
      "!icmp_code": field(fc.constantFrom(0, 4), 3),
    })
    .map(makeValid);
}

/** A probe as policy tests write it. */
export function arbitraryProbeJson(): fc.Arbitrary<Json> {
  const place = (family: number) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("a", "b", "c").map((endpoint) => ({ endpoint })) },
      { weight: 1, arbitrary: fc.constantFrom(...PROFILE_IDS, "GONE").map((profile) => ({ profile })) },
      { weight: 1, arbitrary: fc.constantFrom("h1", "h2").map((host) => ({ host })) },
      { weight: 2, arbitrary: addressOf(family).map((ip) => ({ ip })) },
    );
  return fc.constantFrom(4, 4, 6).chain((family) =>
    fc
      .record({
        src: place(family),
        dst: place(family),
        ip_version: fc.constant(family),
        header: arbitraryHeader(family),
        ct_state: rarely(fc.constantFrom("new", "established", "related", "invalid"), 4),
        src_ip: rarely(addressOf(family), 10),
        src_mac: rarely(fc.constantFrom("ee:ee:ee:ee:ee:01", "EE-EE-EE-EE-EE-01", "aa:aa:aa:aa:aa:aa"), 4),
      })
      .map(({ header, ...others }) => withoutAbsent({ ...others, ...header })),
  );
}

/** The header of a packet: ports or ICMP kinds at the edges of what rules name. */
function arbitraryHeader(family: number): fc.Arbitrary<Json> {
  const port = fc.constantFrom(0, 1, 21, 22, 23, 52, 53, 67, 68, 79, 80, 81, 443, 546, 547, 1023, 1024, 65535);
  return fc.oneof(
    fc.record({ protocol: fc.constantFrom("tcp", "udp", "sctp", "6"), src_port: port, dst_port: port }),
    fc.record({
      protocol: fc.constant(family === 4 ? "icmp" : "icmpv6"),
      icmp_type: fc.constantFrom(0, 3, 8, 9, 128, 130, 133, 134, 136, 255),
      icmp_code: fc.constantFrom(0, 1, 4),
    }),
    fc.record({ protocol: fc.constantFrom("47", 2, family === 4 ? "icmpv6" : "icmp") }),
  );
}

function arbitraryEndpointJson(): fc.Arbitrary<Json> {
  const v4 = fc.constantFrom(...V4.map((address) => `${address}/32`), "10.0.5.0/24", "10.0.0.2");
  const v6 = fc.constantFrom(...V6.map((address) => `${address}/128`));
  return fc
    .record({
      host: fc.constantFrom("h1", "h1", "h2"),
      state: fc.constantFrom("active", "active", "active", "inactive"),
      profile_ids: fc.array(fc.constantFrom(...PROFILE_IDS, "GONE"), { maxLength: 3 }),
      ipv4_nets: fc.array(v4, { maxLength: 2 }),
      ipv6_nets: fc.array(v6, { maxLength: 2 }),
      mac: rarely(fc.constant("ee:ee:ee:ee:ee:01"), 2),
      invalid: rarely(fc.constant(true), 15),
    })
    .map(withoutAbsent);
}

function addressOf(family: number): fc.Arbitrary<string> {
  return family === 4 ? fc.constantFrom(...V4, ...OUTSIDE_4) : fc.constantFrom(...V6, ...OUTSIDE_6);
}

/** Present once in `oneIn`. */
function rarely<T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Drops what the model would refuse: ports without their protocol, codes without types, families that conflict by name. */
function makeValid(fields: Json): Json {
  const rule: Record<string, unknown> = { ...fields };
  const drop = (...names: readonly string[]) => {
    for (const name of names) delete rule[name];
  };
  if (!PORT_PROTOCOLS.includes(rule.protocol)) drop("src_ports", "!src_ports", "dst_ports", "!dst_ports");
  if (rule.icmp_type === undefined) drop("icmp_code");
  if (rule["!icmp_type"] === undefined) drop("!icmp_code");
  const names = [rule.protocol, rule["!protocol"]];
  if (names.includes("icmp") && rule.ip_version === 6) drop("ip_version");
  if (names.includes("icmpv6") && rule.ip_version === 4) drop("ip_version");
  for (const field of ["src_net", "!src_net", "dst_net", "!dst_net"]) {
    const isOther = typeof rule[field] === "string" && rule[field].includes(":") !== (rule.ip_version === 6);
    if (isOther && rule.ip_version !== undefined) drop(field);
  }
  return withoutAbsent(rule);
}

function withoutAbsent(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
