import { describe, expect, it } from "vitest";
import { formatRule } from "#policy/grammar/format-rule.ts";

describe("printing", () => {
  it.each([
    [{}, "allow"],
    [{ action: null, src_tag: null }, "allow"],
    [{ protocol: "6", action: "deny" }, "deny 6"],
    [{ ip_version: 6, protocol: "icmpv6", icmp_type: 128 }, "allow ipv6 icmpv6 type 128"],
    [{ "!protocol": "udp" }, "allow not udp"],
    [{ protocol: 6, "!protocol": 17 }, "allow 6 not 17"],
    [{ "!icmp_type": 8, "!icmp_code": 0 }, "allow not type 8 code 0"],
    [{ protocol: "tcp", dst_ports: [443, 80, "1:2"] }, "allow tcp to ports 443,80,1:2"],
    [{ protocol: "tcp", dst_ports: [], "!dst_ports": [] }, "allow tcp"],
    [{ protocol: "tcp", "!src_ports": [1], "!dst_tag": "B" }, "allow tcp from not ports 1 to not tag B"],
    [{ src_net: "10/8" }, "allow from cidr 10.0.0.0/8"],
    [{ src_net: "10.0.0.1" }, "allow from cidr 10.0.0.1/32"],
    [{ src_net: "10.1.2.3/8" }, "allow from cidr 10.1.2.3/8"],
    [{ dst_net: "FD00::/8", "!dst_net": "fd00::1" }, "allow to cidr fd00::/8 not cidr fd00::1/128"],
    [{ action: "log", log_prefix: "seen:" }, "log prefix seen:"],
    [{ action: "log", log_prefix: "two words" }, "log prefix two_words"],
    [{ action: "next-tier" }, "next-tier"],
  ])("P21 %j is printed as %s", (rule, text) => {
    expect(formatRule(rule)).toBe(text);
  });

  it.each([
    [{ action: "drop" }, "drop"],
    [{ action: 1 }, "1"],
    [{ action: "" }, '""'],
    [{ ip_version: "4" }, "allow ipv4"],
    [{ protocol: "TCP", dst_ports: ["80", [1], null] }, "allow TCP to ports 80,[1],null"],
    [{ dst_ports: "80" }, "allow to ports 80"],
    [{ icmp_code: 1 }, "allow code 1"],
    [{ src_tag: "a b" }, 'allow from tag "a b"'],
    [{ src_tag: "\u202egnp.exe\u001b[2J" }, 'allow from tag "\\u{202e}gnp.exe\\u001b[2J"'],
    [{ src_net: "nonsense" }, "allow from cidr nonsense"],
    [{ src_selector: "all()", note: { by: "me" } }, "allow src_selector=all() note={...}"],
    [{ log_prefix: 7 }, "allow prefix 7"],
    [{ src_tag: true }, "allow from tag true"],
  ])("P21 the invalid %j is shown all the same", (rule, text) => {
    expect(formatRule(rule)).toBe(text);
  });

  it("P21 no depth of nesting is too much", () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    expect(formatRule({ dst_ports: deep })).toBe("allow to ports [[...]]");
  });
});
