import { describe, expect, it } from "vitest";
import { complement, EVERYTHING, intersect, NOTHING, subtract, union } from "#analysis/connections/connection-set.ts";
import { LEVEL, within } from "#analysis/connections/diagram.ts";
import { familyRegion, ruleRegion } from "#analysis/connections/rule-region.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";

function set(...rules: readonly Readonly<Record<string, unknown>>[]) {
  return rules
    .map((json) => {
      const rule = parseStoredRule(json);
      if (!rule.ok) throw new Error(JSON.stringify(rule.error));
      return ruleRegion(rule.value);
    })
    .reduce(union, NOTHING);
}

const TCP_WEB = { protocol: "tcp", dst_ports: [443, 80, "7000:7999"] };

describe("a connection set in words", () => {
  it.each([
    ["tcp 80,443,7000-7999; icmp type 8", set(TCP_WEB, { protocol: "icmp", icmp_type: 8 })],
    ["all", EVERYTHING],
    ["none", NOTHING],
    ["none", set({ protocol: "icmp", icmp_type: 255 })],
    ["tcp", set({ protocol: "tcp" })],
    [
      "tcp; udp; icmp; icmpv6; sctp; udplite; 2; 47",
      set(...[47, 136, "sctp", 58, 1, 2, "udp", "6"].map((protocol) => ({ protocol }))),
    ],
    ["udp from ports 53", set({ protocol: "udp", src_ports: [53] })],
    ["tcp 80 from ports 1024-65535", set({ protocol: "tcp", src_ports: ["1024:65535"], dst_ports: [80] })],
    ["tcp 0-21,23-65535", set({ protocol: "tcp", "!dst_ports": [22] })],
    ["icmp type 3 code 4", set({ protocol: "icmp", icmp_type: 3, icmp_code: 4 })],
    ["icmp type 0-7,9-255; icmp type 8 code 1-255", set({ protocol: "icmp", "!icmp_type": 8, "!icmp_code": 0 })],
    ["icmpv6 type 128", set({ protocol: "icmpv6", icmp_type: 128 })],
    ["ipv6 tcp 22", set({ ip_version: 6, protocol: "tcp", dst_ports: [22] })],
    [
      "tcp 22; ipv4 udp 53",
      set({ protocol: "tcp", dst_ports: [22] }, { ip_version: 4, protocol: "udp", dst_ports: [53] }),
    ],
    [
      "ipv4 tcp 22-23; ipv6 tcp 22",
      set({ protocol: "tcp", dst_ports: [22] }, { ip_version: 4, protocol: "tcp", dst_ports: [23] }),
    ],
    ["all except tcp 25", complement(set({ protocol: "tcp", dst_ports: [25] }))],
    ["all except tcp", set({ "!protocol": "tcp" })],
    ["all except icmp type 8", complement(set({ protocol: "icmp", icmp_type: 8 }))],
    ["ipv4", familyRegion([4])],
    ["ipv6", familyRegion([6])],
    ["ipv4 except tcp 25", subtract(familyRegion([4]), set({ protocol: "tcp", dst_ports: [25] }))],
    ["ipv4; ipv6 tcp 22", union(familyRegion([4]), set({ protocol: "tcp", dst_ports: [22] }))],
    [
      "ipv4 tcp 22 from 10.0.0.0-10.255.255.255",
      intersect(
        set({ ip_version: 4, protocol: "tcp", dst_ports: [22] }),
        within(LEVEL.src, 0n, [{ start: 10n << 24n, end: 11n << 24n }]),
      ),
    ],
    [
      "ipv6 udp 53 to fd00::1",
      intersect(
        set({ ip_version: 6, protocol: "udp", dst_ports: [53] }),
        within(LEVEL.dst, 0n, [{ start: (0xfd00n << 112n) + 1n, end: (0xfd00n << 112n) + 2n }]),
      ),
    ],
  ])("R5 %s", (text, connections) => {
    expect(formatConnectionSet(connections)).toBe(text);
  });
});
