import { describe, expect, it } from "vitest";
import { askState } from "#testing/ask-state.ts";
import { endpoint, HTTP, inbound, type Json, OPEN, OUTSIDE, outbound, state, verdict } from "#testing/probed-state.ts";

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
