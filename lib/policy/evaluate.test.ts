import { describe, expect, it } from "vitest";
import { askState } from "#testing/ask-state.ts";

type Json = Readonly<Record<string, unknown>>;

const ALLOW = [{ action: "allow" }];
const OPEN = { tags: ["OPEN"], rules: { inbound_rules: ALLOW, outbound_rules: ALLOW } };
const EMPTY = { tags: ["EMPTY"], rules: { inbound_rules: [], outbound_rules: [] } };
const OUTSIDE = { src: { ip: "192.0.2.9" }, dst: { endpoint: "m" } };
const HTTP = { ip_version: 4, protocol: "tcp", src_port: 40000, dst_port: 80 };

function inbound(...rules: readonly Json[]): Json {
  return { tags: ["X"], rules: { inbound_rules: rules, outbound_rules: ALLOW } };
}

function outbound(...rules: readonly Json[]): Json {
  return { tags: ["X"], rules: { inbound_rules: ALLOW, outbound_rules: rules } };
}

function endpoint(fields: Json = {}): Json {
  return {
    host: "h1",
    state: "active",
    profile_ids: ["X"],
    ipv4_nets: ["10.0.0.1/32"],
    ipv6_nets: ["fd00::1"],
    ...fields,
  };
}

/** One endpoint m on h1 with profile X, probed from outside; the parts are replaced by name. */
function state(profiles: Json, endpoints: Json = { m: endpoint() }, config: Json = {}): Json {
  const hosts = { h1: { ip: "172.16.0.1" }, h2: { ip: "172.16.0.2" } };
  return { hosts, config, profiles, endpoints };
}

function verdict(given: Json, probe: Json): string {
  return askState(given, probe).verdict;
}

describe("missing, invalid and empty profiles", () => {
  it("E6 a missing profile drops and hides the open one after it", () => {
    const { verdict: answer, receiver } = askState(
      state({ OPEN }, { m: endpoint({ profile_ids: ["GONE", "OPEN"] }) }),
      { ...OUTSIDE, ...HTTP },
    );
    expect([answer, receiver.decidedBy]).toEqual(["deny", { kind: "profile-missing", profile: "GONE" }]);
  });

  it("E6 what an earlier profile accepts passes before a missing one is reached", () => {
    const given = state({ OPEN }, { m: endpoint({ profile_ids: ["OPEN", "GONE"] }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E6 an empty profile has no opinion and hands on", () => {
    const given = state({ EMPTY, OPEN }, { m: endpoint({ profile_ids: ["EMPTY", "OPEN"] }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E6 a rules object without lists is empty, not missing", () => {
    const given = state({ X: { rules: {} }, OPEN }, { m: endpoint({ profile_ids: ["X", "OPEN"] }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E6 a null rules value is invalid, which drops like a missing one", () => {
    const { receiver } = askState(state({ X: { tags: [], rules: null } }), { ...OUTSIDE, ...HTTP });
    expect(receiver.decidedBy).toEqual({ kind: "profile-invalid", profile: "X" });
  });

  it("E7 one bad outbound rule voids the inbound rules too", () => {
    const rules = { inbound_rules: ALLOW, outbound_rules: [{ dst_ports: [80] }] };
    expect(verdict(state({ X: { rules } }), { ...OUTSIDE, ...HTTP })).toBe("deny");
  });

  it("E7 bad tags void the tags alone: the profile's rules go on, its tags count for nobody", () => {
    const given = state(
      { X: { tags: ["WEB", "bad tag"], rules: OPEN.rules }, Y: inbound({ src_tag: "WEB" }) },
      { m: endpoint(), y: endpoint({ profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }) },
    );
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
    expect(verdict(given, { src: { endpoint: "m" }, dst: { endpoint: "y" }, ...HTTP })).toBe("deny");
  });

  it("E6 an endpoint without profiles neither receives nor sends", () => {
    const given = state({ OPEN }, { m: endpoint({ profile_ids: [] }) });
    expect(askState(given, { ...OUTSIDE, ...HTTP }).receiver.decidedBy).toEqual({ kind: "no-profile" });
    expect(verdict(given, { src: { endpoint: "m" }, dst: { ip: "192.0.2.9" }, ...HTTP })).toBe("deny");
  });
});

describe("the walk", () => {
  it("E5 an early deny without criteria starves every later profile", () => {
    const given = state({ X: inbound({ action: "deny" }), OPEN }, { m: endpoint({ profile_ids: ["X", "OPEN"] }) });
    const { receiver } = askState(given, { ...OUTSIDE, ...HTTP });
    expect(receiver.decidedBy).toMatchObject({ kind: "rule", profile: "X", position: 1 });
  });

  it("E5 the order of the endpoint's list decides, not the order of names", () => {
    const profiles = { A: inbound({ action: "deny" }), Z: inbound({ action: "allow" }) };
    expect(verdict(state(profiles, { m: endpoint({ profile_ids: ["Z", "A"] }) }), { ...OUTSIDE, ...HTTP })).toBe(
      "allow",
    );
    expect(verdict(state(profiles, { m: endpoint({ profile_ids: ["A", "Z"] }) }), { ...OUTSIDE, ...HTTP })).toBe(
      "deny",
    );
  });

  it("E5 log decides nothing and next-tier leaves its profile only", () => {
    const given = state(
      { X: inbound({ action: "log" }, { action: "next-tier", protocol: "tcp" }, { action: "deny" }), OPEN },
      { m: endpoint({ profile_ids: ["X", "OPEN"] }) },
    );
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
    expect(verdict(given, { ...OUTSIDE, ...HTTP, protocol: "udp" })).toBe("deny");
  });

  it("E5 next-tier in the last profile leads to the drop at the end", () => {
    const { receiver } = askState(state({ X: inbound({ action: "next-tier" }, { action: "allow" }) }), {
      ...OUTSIDE,
      ...HTTP,
    });
    expect(receiver.decidedBy).toEqual({ kind: "no-rule-matched" });
  });

  it("E5 a rule without action allows, though the outcome without a rule is deny", () => {
    expect(verdict(state({ X: inbound({ protocol: "tcp" }) }), { ...OUTSIDE, ...HTTP })).toBe("allow");
    expect(verdict(state({ X: inbound({ protocol: "udp" }) }), { ...OUTSIDE, ...HTTP })).toBe("deny");
  });

  it("E5 both ends must allow, on the same host as well", () => {
    const endpoints = { m: endpoint(), y: endpoint({ profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }) };
    const probe = { src: { endpoint: "m" }, dst: { endpoint: "y" }, ...HTTP };
    expect(verdict(state({ X: outbound(), Y: OPEN }, endpoints), probe)).toBe("deny");
    expect(verdict(state({ X: OPEN, Y: inbound() }, endpoints), probe)).toBe("deny");
    expect(verdict(state({ X: OPEN, Y: OPEN }, endpoints), probe)).toBe("allow");
  });
});

describe("families", () => {
  it.each([
    ["a network", { src_net: "10.0.0.0/8" }],
    ["a negated network", { "!src_net": "10.0.0.0/8" }],
    ["icmp by number", { protocol: 1 }],
    ["an ICMP type without protocol", { icmp_type: 8 }],
    ["a negated ICMP type without protocol", { "!icmp_type": 8 }],
  ])("E4 a rule that names %s of IPv4 is skipped for IPv6, never widened", (_what, criteria) => {
    const given = state({ X: inbound(criteria) });
    const probe = { ip_version: 6, src: { ip: "fd00::99" }, dst: { endpoint: "m" } };
    expect(verdict(given, { ...probe, protocol: "tcp", dst_port: 80 })).toBe("deny");
    expect(verdict(given, { ...probe, protocol: "icmpv6", icmp_type: 128 })).toBe("deny");
  });

  it("E4 a deny on an IPv6 network does not drop IPv4", () => {
    const given = state({ X: inbound({ action: "deny", src_net: "fd00::/8" }, { action: "allow" }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E4 !protocol never binds the family", () => {
    const given = state({ X: inbound({ "!protocol": "icmp" }) });
    const probe = { ip_version: 6, src: { ip: "fd00::99" }, dst: { endpoint: "m" }, protocol: "tcp", dst_port: 80 };
    expect(verdict(given, probe)).toBe("allow");
  });

  it.each([
    ["networks of both families", { src_net: "10.0.0.0/8", dst_net: "fd00::/8" }],
    ["a protocol and its negation", { protocol: "tcp", "!protocol": "tcp" }],
    ["an ICMP type with tcp", { protocol: "tcp", icmp_type: 8 }],
    ["a negated ICMP type with tcp", { protocol: "tcp", "!icmp_type": 8 }],
    ["protocol 58 in IPv4", { protocol: 58, ip_version: 4 }],
  ])("E4 a rule with %s never matches", (_what, criteria) => {
    const given = state({ X: inbound(criteria) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP })).toBe("deny");
    expect(verdict(given, { ...OUTSIDE, ip_version: 4, protocol: "icmpv6", icmp_type: 128 })).toBe("deny");
  });
});

describe("ports and ICMP", () => {
  it("E3 an empty port list means any port", () => {
    expect(verdict(state({ X: inbound({ protocol: "tcp", dst_ports: [] }) }), { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E3 port 0 is a port", () => {
    const given = state({ X: inbound({ protocol: "tcp", dst_ports: [0] }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP, dst_port: 0 })).toBe("allow");
    expect(verdict(given, { ...OUTSIDE, ...HTTP, dst_port: 1 })).toBe("deny");
  });

  it("E3 positive and negated ports of one rule both count", () => {
    const given = state({ X: inbound({ protocol: "tcp", dst_ports: ["80:90"], "!dst_ports": [85] }) });
    expect(verdict(given, { ...OUTSIDE, ...HTTP, dst_port: 84 })).toBe("allow");
    expect(verdict(given, { ...OUTSIDE, ...HTTP, dst_port: 85 })).toBe("deny");
  });

  const echo = { ...OUTSIDE, ip_version: 4, protocol: "icmp", icmp_type: 8, icmp_code: 0 };

  it("E3 !icmp_type with !icmp_code excludes the pair, not each half", () => {
    const given = state({ X: inbound({ protocol: "icmp", "!icmp_type": 8, "!icmp_code": 0 }) });
    expect(verdict(given, echo)).toBe("deny");
    expect(verdict(given, { ...echo, icmp_code: 1 })).toBe("allow");
    expect(verdict(given, { ...echo, icmp_type: 3 })).toBe("allow");
  });

  it("E3 icmp_type 255 matches nothing and !icmp_type 255 everything of icmp", () => {
    const probe = { ...echo, icmp_type: 255 };
    expect(verdict(state({ X: inbound({ protocol: "icmp", icmp_type: 255 }) }), probe)).toBe("deny");
    expect(verdict(state({ X: inbound({ protocol: "icmp", "!icmp_type": 255 }) }), probe)).toBe("allow");
    expect(verdict(state({ X: inbound({ "!icmp_type": 255 }) }), { ...OUTSIDE, ...HTTP })).toBe("deny");
  });

  it("E3 an ICMP type without protocol is about icmp", () => {
    expect(verdict(state({ X: inbound({ icmp_type: 8 }) }), echo)).toBe("allow");
    expect(verdict(state({ X: inbound({ icmp_type: 8 }) }), { ...OUTSIDE, ...HTTP })).toBe("deny");
  });
});

describe("tags", () => {
  it("E8 a tag nobody carries is never matched and its negation always", () => {
    expect(verdict(state({ X: inbound({ src_tag: "NOBODY" }) }), { ...OUTSIDE, ...HTTP })).toBe("deny");
    expect(verdict(state({ X: inbound({ "!src_tag": "NOBODY" }) }), { ...OUTSIDE, ...HTTP })).toBe("allow");
  });

  it("E8 a member of one family only is no member in the other", () => {
    const given = state(
      { X: inbound({ src_tag: "Y" }), Y: { tags: ["Y"] } },
      { m: endpoint(), y: endpoint({ host: "h2", profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"], ipv6_nets: [] }) },
    );
    expect(verdict(given, { src: { ip: "10.0.0.2" }, dst: { endpoint: "m" }, ...HTTP })).toBe("allow");
    expect(verdict(given, { src: { ip: "fd00::2" }, dst: { endpoint: "m" }, ...HTTP, ip_version: 6 })).toBe("deny");
  });

  it("E8 a block contributes the address it is written with, host bits kept", () => {
    const given = state(
      { X: inbound({ src_tag: "Y" }), Y: { tags: ["Y"] } },
      { m: endpoint(), y: endpoint({ host: "h2", profile_ids: ["Y"], ipv4_nets: ["10.0.5.7/24"] }) },
    );
    const from = (ip: string) => verdict(given, { src: { ip }, dst: { endpoint: "m" }, ...HTTP });
    expect([from("10.0.5.7"), from("10.0.5.0"), from("10.0.5.8")]).toEqual(["allow", "deny", "deny"]);
  });

  it("E8 an inactive endpoint's address keeps its tags while its own traffic is dropped", () => {
    const given = state(
      { X: inbound({ src_tag: "Y" }), Y: { ...OPEN, tags: ["Y"] } },
      { m: endpoint(), y: endpoint({ host: "h2", state: "inactive", profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }) },
    );
    expect(verdict(given, { src: { ip: "10.0.0.2" }, dst: { endpoint: "m" }, ...HTTP })).toBe("allow");
    const { sender } = askState(given, { src: { endpoint: "y" }, dst: { endpoint: "m" }, ...HTTP });
    expect(sender.decidedBy).toEqual({ kind: "endpoint-inactive" });
  });

  it("E8 a profile's id is no tag", () => {
    const given = state(
      { X: { ...inbound({ src_tag: "Y" }), tags: [] }, Y: { ...OPEN, tags: [] } },
      { m: endpoint(), y: endpoint({ profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }) },
    );
    expect(verdict(given, { src: { endpoint: "y" }, dst: { endpoint: "m" }, ...HTTP })).toBe("deny");
  });
});

describe("connection state, source address and MAC", () => {
  const sending = { src: { endpoint: "m" }, dst: { ip: "192.0.2.9" }, ...HTTP };
  const mac = "ee:ee:ee:ee:ee:01";

  it("E1 an established flow survives any policy, and an endpoint that is inactive by now", () => {
    expect(verdict(state({}), { ...sending, ct_state: "established" })).toBe("allow");
    const inactive = state({}, { m: endpoint({ state: "inactive" }) });
    expect(verdict(inactive, { ...OUTSIDE, ...HTTP, ct_state: "related" })).toBe("allow");
  });

  it("E1 an invalid connection state drops before policy", () => {
    const { sender } = askState(state({ X: OPEN }), { ...sending, ct_state: "invalid" });
    expect(sender.decidedBy).toEqual({ kind: "conntrack-invalid" });
  });

  it("E1 a false source address is dropped even in an established flow", () => {
    const probe = { ...sending, src_ip: "10.0.0.77", ct_state: "established" };
    expect(askState(state({ X: OPEN }), probe).sender.decidedBy).toEqual({ kind: "spoofed-source" });
  });

  it("E1 another endpoint's address is false too, and a block's other addresses", () => {
    const given = state({ X: OPEN }, { m: endpoint({ ipv4_nets: ["10.0.5.0/24"] }) });
    expect(verdict(given, { ...sending, src_ip: "10.0.5.0" })).toBe("allow");
    expect(verdict(given, { ...sending, src_ip: "10.0.5.77" })).toBe("deny");
  });

  it("E1 a wrong MAC drops new packets only, and only where the data has a MAC", () => {
    const known = state({ X: OPEN }, { m: endpoint({ mac: "EE-EE-EE-EE-EE-01" }) });
    expect(verdict(known, { ...sending, src_mac: mac })).toBe("allow");
    expect(verdict(known, { ...sending, src_mac: "aa:aa:aa:aa:aa:aa" })).toBe("deny");
    expect(verdict(known, { ...sending, src_mac: "aa:aa:aa:aa:aa:aa", ct_state: "established" })).toBe("allow");
    expect(verdict(state({ X: OPEN }), { ...sending, src_mac: "aa:aa:aa:aa:aa:aa" })).toBe("allow");
  });

  it("E1 an endpoint without an address of the family neither sends nor receives", () => {
    const given = state({ X: OPEN }, { m: endpoint({ ipv6_nets: [] }) });
    const { sender } = askState(given, { src: { endpoint: "m" }, dst: { ip: "fd00::9" }, ...HTTP, ip_version: 6 });
    expect(sender.decidedBy).toEqual({ kind: "no-address" });
    expect(verdict(given, { src: { ip: "fd00::9" }, dst: { endpoint: "m" }, ...HTTP, ip_version: 6 })).toBe("deny");
  });
});

describe("endpoint and host", () => {
  const toHost = { src: { endpoint: "m" }, dst: { host: "h1" }, ip_version: 4 };
  const DNS = { protocol: "udp", src_port: 40000, dst_port: 53 };

  it("E9 without a setting the own host is closed, and policy is not asked", () => {
    const { sender } = askState(state({ X: OPEN }), { ...toHost, protocol: "tcp", dst_port: 22 });
    expect(sender.decidedBy).toEqual({ kind: "default-endpoint-to-host" });
  });

  it.each(["RETURN", "ACCEPT"])("E9 with %s the endpoint's outbound policy decides", (action) => {
    const config = { DefaultEndpointToHostAction: action };
    const ask = (profile: Json) =>
      verdict(state({ X: profile }, { m: endpoint() }, config), { ...toHost, protocol: "tcp", dst_port: 22 });
    expect([ask(OPEN), ask(outbound())]).toEqual(["allow", "deny"]);
  });

  it("E9 the host's own setting comes before the global one, and an unknown word closes", () => {
    const given = (host: string, global: string) => ({
      ...state({ X: OPEN }, { m: endpoint() }, { DefaultEndpointToHostAction: global }),
      hosts: { h1: { ip: "172.16.0.1", config: { DefaultEndpointToHostAction: host } } },
    });
    const ssh = { ...toHost, protocol: "tcp", dst_port: 22 };
    expect(verdict(given("RETURN", "DROP"), ssh)).toBe("allow");
    expect(verdict(given("DROP", "RETURN"), ssh)).toBe("deny");
    expect(verdict(given("return", "RETURN"), ssh)).toBe("deny");
  });

  it("E9 DHCP and DNS over udp reach the own host without any profile, tcp 53 does not", () => {
    const given = state({}, { m: endpoint({ profile_ids: [] }) });
    expect(verdict(given, { ...toHost, ...DNS })).toBe("allow");
    expect(verdict(given, { ...toHost, protocol: "udp", src_port: 68, dst_port: 67 })).toBe("allow");
    expect(verdict(given, { ...toHost, protocol: "udp", src_port: 69, dst_port: 67 })).toBe("deny");
    expect(verdict(given, { ...toHost, ...DNS, protocol: "tcp" })).toBe("deny");
    expect(verdict(given, { ...toHost, ip_version: 6, protocol: "udp", src_port: 546, dst_port: 547 })).toBe("allow");
    expect(verdict(given, { ...toHost, ip_version: 6, protocol: "udp", src_port: 68, dst_port: 67 })).toBe("deny");
  });

  it.each([130, 131, 132, 133, 135, 136])("E9 ICMPv6 type %i reaches the own host", (icmp_type) => {
    const given = state({}, { m: endpoint({ ipv6_nets: [] }) });
    expect(verdict(given, { ...toHost, ip_version: 6, protocol: "icmpv6", icmp_type })).toBe("allow");
  });

  it("E9 a router advertisement and an echo request are not exempt", () => {
    const given = state({});
    expect(verdict(given, { ...toHost, ip_version: 6, protocol: "icmpv6", icmp_type: 134 })).toBe("deny");
    expect(verdict(given, { ...toHost, ip_version: 6, protocol: "icmpv6", icmp_type: 128 })).toBe("deny");
  });

  it("E9 the exemptions are for the own host only: DNS to another one needs a rule", () => {
    expect(verdict(state({ X: outbound() }), { ...toHost, ...DNS, dst: { host: "h2" } })).toBe("deny");
    expect(verdict(state({ X: OPEN }), { ...toHost, ...DNS, dst: { host: "h2" } })).toBe("allow");
  });

  it("E9 a false source address gets no exemption, a client without an address does", () => {
    const given = state({});
    expect(verdict(given, { ...toHost, ...DNS, src_ip: "10.0.0.9" })).toBe("deny");
    const dhcp = { ...toHost, protocol: "udp", src_port: 68, dst_port: 67, src_ip: "0.0.0.0" };
    expect(verdict(given, dhcp)).toBe("allow");
    const solicitation = { ...toHost, ip_version: 6, protocol: "icmpv6", icmp_type: 133, src_ip: "fe80::1" };
    expect(verdict(given, solicitation)).toBe("allow");
  });

  it("E9 a host reaches its own endpoint whatever its policy, state or connection state", () => {
    const probe = { src: { host: "h1" }, dst: { endpoint: "m" }, ...HTTP };
    expect(verdict(state({}), probe)).toBe("allow");
    expect(verdict(state({}, { m: endpoint({ state: "inactive" }) }), probe)).toBe("allow");
    expect(verdict(state({}, { m: endpoint({ invalid: true }) }), probe)).toBe("allow");
    expect(verdict(state({}), { ...probe, ct_state: "invalid" })).toBe("allow");
  });

  it("E9 another host's packets meet inbound policy, with that host's address", () => {
    const probe = { src: { host: "h2" }, dst: { endpoint: "m" }, ...HTTP };
    expect(verdict(state({ X: inbound() }), probe)).toBe("deny");
    expect(verdict(state({ X: inbound({ src_net: "172.16.0.2/32" }) }), probe)).toBe("allow");
    expect(verdict(state({ X: inbound({ src_net: "172.16.0.1/32" }) }), probe)).toBe("deny");
  });
});

describe("places", () => {
  const two = { m: endpoint(), y: endpoint({ host: "h2", profile_ids: ["Y"], ipv4_nets: ["10.0.0.2", "10.9.9.9"] }) };

  it("E2 an address as source is a packet from outside, whoever owns it", () => {
    const given = state({ X: inbound({ src_tag: "Y" }), Y: { ...outbound(), tags: ["Y"] } }, two);
    expect(verdict(given, { src: { ip: "10.0.0.2" }, dst: { endpoint: "m" }, ...HTTP })).toBe("allow");
  });

  it("E2 an address as destination leads to the endpoint that has it", () => {
    const given = state({ X: OPEN, Y: inbound({ dst_net: "10.9.9.9/32" }) }, two);
    const to = (ip: string) => askState(given, { src: { endpoint: "m" }, dst: { ip }, ...HTTP });
    expect([to("10.0.0.2").verdict, to("10.9.9.9").verdict, to("10.0.0.3").verdict]).toEqual([
      "deny",
      "allow",
      "allow",
    ]);
    expect(to("10.0.0.2").receiver.decidedBy.kind).toBe("no-rule-matched");
    expect(to("10.0.0.3").receiver.decidedBy.kind).toBe("not-policed");
  });

  it("E2 of several owners the running one receives, and of two running ones the one on the sender's host", () => {
    const shared = (here: Json) => ({
      m: endpoint(),
      x: endpoint({ host: "h0", profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }),
      z: endpoint({ host: "h1", profile_ids: ["Z"], ipv4_nets: ["10.0.0.2"], ...here }),
    });
    const receiver = (here: Json) =>
      askState(state({ X: OPEN, Y: OPEN, Z: OPEN }, shared(here)), {
        ...{ src: { endpoint: "m" }, dst: { ip: "10.0.0.2" } },
        ...HTTP,
      }).receiver.decidedBy;
    expect([receiver({}), receiver({ state: "inactive" })]).toMatchObject([{ profile: "Z" }, { profile: "Y" }]);
  });

  it("E2 a host's address is the host, in both directions", () => {
    const given = state({ X: OPEN });
    expect(verdict(given, { src: { endpoint: "m" }, dst: { ip: "172.16.0.1" }, ...HTTP })).toBe("deny");
    expect(verdict(given, { src: { endpoint: "m" }, dst: { ip: "172.16.0.2" }, ...HTTP })).toBe("allow");
    expect(verdict(state({}), { src: { ip: "172.16.0.1" }, dst: { endpoint: "m" }, ...HTTP })).toBe("allow");
  });

  it("E2 a profile stands for an endpoint of its own, with its tags and no one else's", () => {
    const given = state({ X: { ...inbound({ src_tag: "T" }), tags: [] }, Y: { ...OPEN, tags: ["T"] } }, {});
    const probe = { src: { profile: "Y" }, dst: { profile: "X" }, ...HTTP };
    expect(verdict(given, probe)).toBe("allow");
    expect(verdict(given, { ...probe, src: { profile: "X" } })).toBe("deny");
    expect(askState(given, { ...probe, dst: { profile: "GONE" } }).receiver.decidedBy.kind).toBe("profile-missing");
  });

  it("E2 a profile's address is in no named network but the whole one", () => {
    const ask = (criteria: Json) =>
      verdict(state({ X: inbound(criteria), Y: OPEN }, {}), { src: { profile: "Y" }, dst: { profile: "X" }, ...HTTP });
    expect(ask({ src_net: "192.0.2.0/24" })).toBe("deny");
    expect(ask({ "!src_net": "192.0.2.0/24" })).toBe("allow");
    expect(ask({ src_net: "0.0.0.0/0" })).toBe("allow");
    expect(ask({ dst_net: "10.0.0.0/8" })).toBe("deny");
  });

  it("E2 a profile never shares its address with the other end", () => {
    const given = state({ X: { ...outbound({ dst_tag: "T" }), tags: ["T"] }, OPEN }, {});
    const others = ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((ip) => ({ ip }));
    for (const dst of [...others, { profile: "OPEN" }]) {
      expect(verdict(given, { src: { profile: "X" }, dst, ...HTTP })).toBe("deny");
    }
    expect(verdict(given, { src: { profile: "X" }, dst: { profile: "X" }, ...HTTP })).toBe("allow");
  });

  it("E2 an endpoint is named by its key where its name stands twice; the name alone is then nobody", () => {
    const given = state({ X: OPEN }, { "h1/manual/a/m": endpoint(), "h2/manual/b/m": endpoint({ host: "h2" }) });
    expect(verdict(given, { src: { ip: "192.0.2.9" }, dst: { endpoint: "h2/manual/b/m" }, ...HTTP })).toBe("allow");
    expect(askState(given, { ...OUTSIDE, ...HTTP }).receiver.decidedBy).toEqual({ kind: "endpoint-unknown" });
  });

  it("E2 between places without policy everything passes", () => {
    const {
      verdict: answer,
      sender,
      receiver,
    } = askState(state({}), { src: { host: "h1" }, dst: { ip: "192.0.2.9" }, ...HTTP });
    expect([answer, sender.decidedBy.kind, receiver.decidedBy.kind]).toEqual(["allow", "not-policed", "not-policed"]);
  });
});

describe("the explanation", () => {
  it("E10 names every rule passed over and each criterion it failed", () => {
    const given = state({
      X: inbound(
        { action: "allow", protocol: "tcp", src_tag: "WEB", dst_ports: [443, "7000:7999"] },
        { action: "allow", ip_version: 6 },
        { action: "log" },
        { action: "deny", src_net: "192.0.2.0/24" },
      ),
    });
    const { receiver } = askState(given, { ...OUTSIDE, ...HTTP });
    expect(receiver.trace.map(({ position, outcome, failed }) => [position, outcome, failed])).toEqual([
      [
        1,
        "no-match",
        [
          { field: "src_tag", wanted: "WEB", found: "192.0.2.9" },
          { field: "dst_ports", wanted: "443,7000:7999", found: "80" },
        ],
      ],
      [2, "other-family", [{ field: "ip_version", wanted: "IPv6", found: "IPv4" }]],
      [3, "logged", []],
      [4, "decided", []],
    ]);
  });

  it("E10 still tells what the receiver would do when the sender's policy denies", () => {
    const given = state(
      { X: outbound(), Y: inbound({ action: "allow", protocol: "tcp" }) },
      { m: endpoint(), y: endpoint({ profile_ids: ["Y"], ipv4_nets: ["10.0.0.2"] }) },
    );
    const { sender, receiver } = askState(given, { src: { endpoint: "m" }, dst: { endpoint: "y" }, ...HTTP });
    expect([sender.verdict, receiver.verdict]).toEqual(["deny", "allow"]);
    expect(receiver.decidedBy).toMatchObject({ kind: "rule", profile: "Y", position: 1 });
  });

  it("E10 survives JSON, trace and all", () => {
    const answer = askState(state({ X: OPEN }), { ...OUTSIDE, ...HTTP });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });
});
