import { describe, expect, it } from "vitest";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { effectiveProtocol, ruleFamilies } from "#policy/rule-family.ts";

function canonical(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseStoredRule(fields);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return canonicalRule(parsed.value);
}

describe("families", () => {
  it.each([
    ["no criterion of a family", {}, [4, 6]],
    ["tcp", { protocol: "tcp" }, [4, 6]],
    ["ip_version 4", { ip_version: 4 }, [4]],
    ["ip_version 6", { ip_version: 6 }, [6]],
    ["an IPv4 network", { src_net: "10.0.0.0/8" }, [4]],
    ["an IPv6 network", { dst_net: "fd00::/8" }, [6]],
    ["a negated IPv4 network", { "!src_net": "10.0.0.0/8" }, [4]],
    ["a negated IPv6 network", { "!dst_net": "fd00::/8" }, [6]],
    ["icmp", { protocol: "icmp" }, [4]],
    ["protocol number 1", { protocol: 1 }, [4]],
    ["icmpv6", { protocol: "icmpv6" }, [6]],
    ["protocol number 58", { protocol: "58" }, [6]],
    ["a negated icmp", { "!protocol": "icmp" }, [4, 6]],
    ["a negated icmpv6", { "!protocol": "icmpv6" }, [4, 6]],
    ["an ICMP type alone", { icmp_type: 8 }, [4]],
    ["a negated ICMP type alone", { "!icmp_type": 8 }, [4]],
    ["icmpv6 with a type", { protocol: "icmpv6", icmp_type: 128 }, [6]],
  ])("P12 %s", (_, fields, families) => {
    expect(ruleFamilies(canonical(fields))).toEqual(families);
  });

  it.each([
    ["networks of two families", { src_net: "10.0.0.0/8", dst_net: "fd00::/8" }],
    ["icmpv6 from an IPv4 network", { protocol: "icmpv6", src_net: "10.0.0.0/8" }],
    ["number 58 with ip_version 4", { protocol: 58, ip_version: 4 }],
    ["an ICMP type with ip_version 6", { icmp_type: 8, ip_version: 6 }],
    ["an ICMP type on tcp", { protocol: "tcp", icmp_type: 8 }],
    ["a negated ICMP type on tcp", { protocol: "tcp", "!icmp_type": 8 }],
    ["an ICMP type without icmp", { icmp_type: 8, "!protocol": "icmp" }],
    ["tcp that is not tcp", { protocol: "tcp", "!protocol": 6 }],
    ["ICMP type 255", { protocol: "icmp", icmp_type: 255 }],
  ])("P12 %s can never match", (_, fields) => {
    expect(ruleFamilies(canonical(fields))).toEqual([]);
  });

  it("P12 an ICMP type without a protocol means icmp, in either polarity", () => {
    expect(effectiveProtocol(canonical({ icmp_type: 8 }))).toBe(1);
    expect(effectiveProtocol(canonical({ "!icmp_type": 8 }))).toBe(1);
    expect(effectiveProtocol(canonical({ protocol: 58, icmp_type: 8 }))).toBe(58);
    expect(effectiveProtocol(canonical({ src_tag: "A" }))).toBeUndefined();
  });
});
