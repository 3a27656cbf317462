import { describe, expect, it } from "vitest";
import { askState } from "#testing/ask-state.ts";
import {
  ALLOW,
  EMPTY,
  endpoint,
  HTTP,
  inbound,
  OPEN,
  OUTSIDE,
  outbound,
  state,
  verdict,
} from "#testing/probed-state.ts";

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
