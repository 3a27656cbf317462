import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import { ruleFamilies } from "#policy/rule-family.ts";
import { arbitraryRule, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT } from "#testing/run-count.ts";

function kindsOf(value: unknown) {
  const parsed = parseStrictRule(value);
  return parsed.ok ? [] : parsed.error.map(({ kind, path }) => `${path.join(".")} ${kind}`);
}

describe("a rule at our doors", PROPERTY_TIMEOUT, () => {
  it.each([
    [{ protocol: "icmp", icmp_type: 255 }, ["icmp_type icmp-type-unmatchable"]],
    [{ protocol: "icmp", "!icmp_type": 255 }, ["!icmp_type icmp-type-unmatchable"]],
    [{ protocol: "tcp", icmp_type: 8 }, ["icmp_type icmp-needs-icmp"]],
    [{ protocol: 17, "!icmp_type": 8 }, ["!icmp_type icmp-needs-icmp"]],
    [{ src_net: "10.0.0.0/8", dst_net: "fd00::/8" }, ["dst_net family-conflict"]],
    [{ protocol: "icmpv6", src_net: "10.0.0.0/8" }, ["src_net family-conflict"]],
    [{ protocol: 58, ip_version: 4 }, ["protocol family-conflict"]],
    [{ icmp_type: 8, ip_version: 6 }, ["icmp_type family-conflict"]],
    [{ icmp_type: 8, src_net: "fd00::/8" }, ["src_net family-conflict"]],
    [{ protocol: "icmp", "!src_net": "fd00::/8" }, ["!src_net family-conflict"]],
    [{ whatever: null }, ["whatever unknown-key"]],
    [{ src_net: "10" }, ["src_net bad-cidr"]],
    [{ src_net: "10.0.0" }, ["src_net bad-cidr"]],
    [{ src_net: "010.0.0.1/8" }, ["src_net bad-cidr"]],
    [{ dst_ports: [80] }, ["dst_ports ports-need-protocol"]],
    [
      { ip_version: 4, src_net: "fd00::/8", dst_net: "fd00::/8" },
      ["src_net family-conflict", "dst_net family-conflict"],
    ],
    [{ src_net: "nonsense", dst_net: "fd00::/8", protocol: "icmp" }, ["src_net bad-cidr", "dst_net family-conflict"]],
    [{ src_net: "fd00::zz", dst_net: "10.0.0.0/8" }, ["src_net bad-cidr"]],
  ])("P13 %j is refused", (fields, kinds) => {
    expect(kindsOf(fields)).toEqual(kinds);
  });

  it.each([
    { action: "next-tier" },
    { protocol: "icmp", icmp_type: 8, icmp_code: 255 },
    { protocol: 1, icmp_type: 8 },
    { protocol: "icmpv6", icmp_type: 128, src_net: "fd00::/8", ip_version: 6 },
    { icmp_type: 8, "!icmp_type": 3 },
    { icmp_type: 8, "!protocol": "udp" },
    { protocol: "tcp", "!protocol": "udp", dst_ports: [] },
    { src_net: "10/8", dst_net: "10.1.2.3/8" },
    { src_net: "10.0.0.0/255.0.0.0" },
    { src_net: "::ffff:1.2.3.4" },
    { protocol: null, dst_tag: "A" },
    {},
  ])("P13 %j is accepted", (fields) => {
    expect(kindsOf(fields)).toEqual([]);
  });

  it("P13 what is accepted is valid in storage, kept as written, and no family stands against another", () => {
    fc.assert(
      fc.property(arbitraryStrictRule(), (rule) => {
        expect(parseStoredRule(rule)).toEqual({ ok: true, value: rule });
        const { protocol, notProtocol, icmp, notIcmp } = canonicalRule(rule);
        const effective = protocol ?? ((icmp ?? notIcmp) ? 1 : undefined);
        if (effective === undefined || effective !== notProtocol)
          expect(ruleFamilies(canonicalRule(rule))).not.toEqual([]);
      }),
    );
  });

  it("P13 what the agent accepts and our doors refuse has an issue that says why", () => {
    fc.assert(
      fc.property(arbitraryRule(), (rule) => {
        const strict = parseStrictRule(rule);
        if (!strict.ok) expect(strict.error.length).toBeGreaterThan(0);
      }),
    );
  });

  it("P13 any value is accepted or refused", () => {
    fc.assert(fc.property(fc.anything(), (value) => parseStrictRule(value).ok || true));
  });
});
