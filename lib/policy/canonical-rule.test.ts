import { describe, expect, it } from "vitest";
import { canonicalKey, canonicalRule, equalRules } from "#policy/canonical-rule.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Rule } from "#policy/rule.ts";

function rule(fields: Readonly<Record<string, unknown>>): Rule {
  const parsed = parseStoredRule(fields);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

describe("the canonical form", () => {
  it("P10 an empty rule allows everything", () => {
    expect(canonicalRule(rule({}))).toEqual({ action: "allow", src: {}, dst: {} });
  });

  it("P10 every field in both polarities has its decided form", () => {
    const full = rule({
      action: "deny",
      ip_version: 4,
      protocol: "6",
      "!protocol": "udp",
      src_ports: [443, "80:90", 91],
      "!src_ports": [1],
      src_tag: "A",
      "!src_tag": "B",
      src_net: "10.1.2.3/8",
      "!src_net": "10.9/16",
      dst_ports: ["1:2"],
      "!dst_ports": [7],
      dst_tag: "C",
      "!dst_tag": "D",
      dst_net: "11.0.0.1",
      "!dst_net": "0.0.0.0/0",
      log_prefix: "my drop!",
    });
    const net = (text: string, base: bigint, prefix: number) => ({ family: 4, base, prefix, text });
    expect(canonicalRule(full)).toEqual({
      action: "deny",
      ipVersion: 4,
      protocol: 6,
      notProtocol: 17,
      src: {
        ports: [
          [80, 91],
          [443, 443],
        ],
        notPorts: [[1, 1]],
        tag: "A",
        notTag: "B",
        net: net("10.0.0.0/8", 0x0a000000n, 8),
        notNet: net("10.9.0.0/16", 0x0a090000n, 16),
      },
      dst: {
        ports: [[1, 2]],
        notPorts: [[7, 7]],
        tag: "C",
        notTag: "D",
        net: net("11.0.0.1/32", 0x0b000001n, 32),
        notNet: net("0.0.0.0/0", 0n, 0),
      },
      logPrefix: "my_drop_",
    });
  });

  it("P10 ICMP type and code go together, and an absent protocol stays absent", () => {
    const both = rule({ icmp_type: 8, icmp_code: 0, "!icmp_type": 3, "!icmp_code": 1 });
    expect(canonicalRule(both)).toEqual({
      action: "allow",
      icmp: { type: 8, code: 0 },
      notIcmp: { type: 3, code: 1 },
      src: {},
      dst: {},
    });
  });

  it("P10 the same rule object is decided once", () => {
    const one = rule({ src_tag: "A" });
    expect(canonicalRule(one)).toBe(canonicalRule(one));
  });

  it("P10 a log prefix is what the kernel gets: 27 characters at most, none strange", () => {
    expect(canonicalRule(rule({ log_prefix: "x".repeat(40) })).logPrefix).toBe("x".repeat(27));
    expect(canonicalRule(rule({ log_prefix: "" })).logPrefix).toBeUndefined();
  });
});

describe("equality", () => {
  it.each([
    ["an absent action and allow", { src_tag: "A" }, { action: "allow", src_tag: "A" }],
    ["ports in another order", { protocol: "tcp", dst_ports: [80, 443] }, { protocol: "tcp", dst_ports: [443, 80] }],
    [
      "ports and the range they make",
      { protocol: "tcp", dst_ports: [80, 81] },
      { protocol: "tcp", dst_ports: ["80:81"] },
    ],
    ["repeated ports", { protocol: "tcp", dst_ports: [80, 80] }, { protocol: "tcp", dst_ports: [80] }],
    ["host bits", { src_net: "10.1.2.3/8" }, { src_net: "10.0.0.0/8" }],
    ["spellings of a network", { src_net: "FD00:0::/64" }, { src_net: "fd00::/64" }],
    ["a bare address", { dst_net: "10.0.0.1" }, { dst_net: "10.0.0.1/32" }],
    ["6 and tcp", { protocol: 6 }, { protocol: "tcp" }],
    ['"6" and tcp', { protocol: "6" }, { protocol: "tcp" }],
    ["47 and its text", { protocol: 47 }, { protocol: "47" }],
    ["null and nothing", { src_tag: null, whatever: null }, {}],
    ["an empty port list and none", { protocol: "tcp", dst_ports: [], "!src_ports": [] }, { protocol: "tcp" }],
    ["the order of keys", { src_tag: "A", action: "deny" }, { action: "deny", src_tag: "A" }],
    ["log prefixes the kernel sees alike", { log_prefix: "a b" }, { log_prefix: "a_b" }],
  ])("P11 %s make no difference", (_, a, b) => {
    expect(equalRules(rule(a), rule(b))).toBe(true);
  });

  it.each([
    ["source and destination", { src_tag: "A" }, { dst_tag: "A" }],
    ["polarity", { src_tag: "A" }, { "!src_tag": "A" }],
    ["tag case", { src_tag: "A" }, { src_tag: "a" }],
    ["prefix length", { src_net: "10.0.0.0/8" }, { src_net: "10.0.0.0/9" }],
    ["family of the widest network", { src_net: "0.0.0.0/0" }, { src_net: "::/0" }],
    ["a network of all addresses and none", { src_net: "0.0.0.0/0" }, {}],
    ["all ports and no ports", { protocol: "tcp", dst_ports: ["0:65535"] }, { protocol: "tcp" }],
    ["icmp and an ICMP type alone", { icmp_type: 8 }, { protocol: "icmp", icmp_type: 8 }],
    ["code 0 and no code", { icmp_type: 8, icmp_code: 0 }, { icmp_type: 8 }],
    ["ip_version", { ip_version: 4 }, {}],
    ["action", { action: "log" }, { action: "next-tier" }],
    ["log prefix", { action: "log", log_prefix: "a" }, { action: "log" }],
  ])("P11 %s makes a difference", (_, a, b) => {
    expect(canonicalKey(rule(a))).not.toBe(canonicalKey(rule(b)));
  });
});
