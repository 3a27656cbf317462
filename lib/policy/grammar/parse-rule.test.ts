import { describe, expect, it } from "vitest";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseAnyRule, parseRule } from "#policy/grammar/parse-rule.ts";

/** Each issue as `kind path @offset+length`. */
function issuesOf(words: string | readonly string[], parse = parseRule): readonly string[] {
  const parsed = parse(words);
  if (parsed.ok) return [];
  return parsed.error.map(({ kind, path, at }) => `${kind} ${path.join(".")} @${at?.offset}+${at?.length}`);
}

function expectedAt(words: string): readonly string[] {
  const parsed = parseRule(words);
  const [issue] = parsed.ok ? [] : parsed.error;
  return issue?.kind === "unexpected-word" || issue?.kind === "unexpected-end" ? issue.expected : [];
}

describe("the grammar", () => {
  it.each([
    ["allow", { action: "allow" }],
    ["deny ipv6", { action: "deny", ip_version: 6 }],
    ["log ipv4 tcp", { action: "log", ip_version: 4, protocol: "tcp" }],
    ["allow tcp not udp", { action: "allow", protocol: "tcp", "!protocol": "udp" }],
    ["allow not tcp", { action: "allow", "!protocol": "tcp" }],
    ["allow not 47", { action: "allow", "!protocol": 47 }],
    ["allow udplite", { action: "allow", protocol: "udplite" }],
    ["allow 255", { action: "allow", protocol: 255 }],
    ["allow 33 to ports 5", { action: "allow", protocol: 33, dst_ports: [5] }],
    [
      "allow ipv4 tcp not udp from tag A",
      { action: "allow", ip_version: 4, protocol: "tcp", "!protocol": "udp", src_tag: "A" },
    ],
    ["allow icmp type 8 code 0", { action: "allow", protocol: "icmp", icmp_type: 8, icmp_code: 0 }],
    ["allow type 8", { action: "allow", icmp_type: 8 }],
    ["allow not type 8", { action: "allow", "!icmp_type": 8 }],
    ["allow not type 8 code 1", { action: "allow", "!icmp_type": 8, "!icmp_code": 1 }],
    ["allow not udp not type 8", { action: "allow", "!protocol": "udp", "!icmp_type": 8 }],
    ["allow not udp type 8", { action: "allow", "!protocol": "udp", icmp_type: 8 }],
    [
      "allow icmp not 6 type 3 code 4 not type 5 code 6",
      {
        action: "allow",
        protocol: "icmp",
        "!protocol": 6,
        icmp_type: 3,
        icmp_code: 4,
        "!icmp_type": 5,
        "!icmp_code": 6,
      },
    ],
    ["allow 1 type 08 code 00", { action: "allow", protocol: 1, icmp_type: 8, icmp_code: 0 }],
    [
      "allow icmpv6 type 128 from fd00::/8",
      { action: "allow", protocol: "icmpv6", icmp_type: 128, src_net: "fd00::/8" },
    ],
    ["allow tcp to ports 080,0443,7000-07999", { action: "allow", protocol: "tcp", dst_ports: [80, 443, "7000:7999"] }],
    [
      "allow tcp from ports 1:2 not ports 3",
      { action: "allow", protocol: "tcp", src_ports: ["1:2"], "!src_ports": [3] },
    ],
    ["allow tcp from not ports 3", { action: "allow", protocol: "tcp", "!src_ports": [3] }],
    ["allow from tag A not tag B", { action: "allow", src_tag: "A", "!src_tag": "B" }],
    ["allow to not tag B", { action: "allow", "!dst_tag": "B" }],
    ["allow from cidr 10/8 not cidr 10.1.2.3", { action: "allow", src_net: "10.0.0.0/8", "!src_net": "10.1.2.3/32" }],
    ["allow from 10.1.2.3", { action: "allow", src_net: "10.1.2.3/32" }],
    ["allow from 10.1.2.3/8", { action: "allow", src_net: "10.1.2.3/8" }],
    ["allow from FD00::1", { action: "allow", src_net: "fd00::1/128" }],
    ["allow from fd00::1 not cidr fd00::2", { action: "allow", src_net: "fd00::1/128", "!src_net": "fd00::2/128" }],
    ["allow from not cidr 10/8", { action: "allow", "!src_net": "10.0.0.0/8" }],
    ["allow from tag tag to tag to", { action: "allow", src_tag: "tag", dst_tag: "to" }],
    ["allow from tag not not tag not", { action: "allow", src_tag: "not", "!src_tag": "not" }],
    ["allow from tag 10.0.0.1 10.0.0.1", { action: "allow", src_tag: "10.0.0.1", src_net: "10.0.0.1/32" }],
    ["log prefix DROP-1", { action: "log", log_prefix: "DROP-1" }],
    ["log to tag A prefix prefix", { action: "log", dst_tag: "A", log_prefix: "prefix" }],
    ["  allow\t tcp \n", { action: "allow", protocol: "tcp" }],
  ])("P16 %s", (words, stored) => {
    expect(parseRule(words)).toEqual({ ok: true, value: stored });
  });

  it("P16 a rule with every clause is read and printed the same", () => {
    const words =
      "deny ipv4 tcp not udp from ports 1,2:3 not ports 4 tag A not tag B cidr 10.0.0.0/8 not cidr 10.1.0.0/16 " +
      "to ports 5 not ports 6:7 tag C not tag D cidr 11.0.0.0/8 not cidr 11.1.0.0/16 prefix seen";
    const parsed = parseRule(words);
    expect(parsed.ok && Object.keys(parsed.value)).toHaveLength(17);
    expect(parsed.ok && formatRule(parsed.value)).toBe(words);
  });
});

describe("words that are no rule", () => {
  it.each([
    ["", ["unexpected-end  @0+0"]],
    ["   ", ["unexpected-end  @3+0"]],
    ["reject", ["unexpected-word  @0+6"]],
    ["Allow", ["unexpected-word  @0+5"]],
    ["tcp", ["unexpected-word  @0+3"]],
    ["allow from", ["unexpected-end  @10+0"]],
    ["allow tcp from to", ["unexpected-word  @15+2"]],
    ["allow to prefix X", ["unexpected-word  @9+6"]],
    ["allow not", ["unexpected-end  @9+0"]],
    ["allow not not tcp", ["unexpected-word  @10+3"]],
    ["allow tcp tcp", ["unexpected-word  @10+3"]],
    ["allow tcp ipv4", ["unexpected-word  @10+4"]],
    ["allow tcp not udp not icmp", ["unexpected-word  @22+4"]],
    ["allow dccp", ["unexpected-word  @6+4"]],
    ["allow icmp code 0", ["unexpected-word  @11+4"]],
    ["allow icmp type", ["unexpected-end  @15+0"]],
    ["allow icmp type 8 code", ["unexpected-end  @22+0"]],
    ["allow tcp to ports", ["unexpected-end  @18+0"]],
    ["allow tcp to ports 80, 443", ["unexpected-word  @23+3"]],
    ["allow tcp to tag B ports 22", ["unexpected-word  @19+5"]],
    ["allow from cidr 10/8 tag A", ["unexpected-word  @21+3"]],
    ["allow to tag B from tag A", ["unexpected-word  @15+4"]],
    ["allow from tag A from tag B", ["unexpected-word  @17+4"]],
    ["allow from not 10/8", ["unexpected-word  @15+4"]],
    ["allow from 10", ["unexpected-word  @11+2"]],
    ["log prefix", ["unexpected-end  @10+0"]],
    ["log prefix two words", ["unexpected-word  @15+5"]],
    ["allow\nfrom", ["unexpected-end  @10+0"]],
  ])("P19 %j", (words, issues) => {
    expect(issuesOf(words)).toEqual(issues);
  });

  it.each([
    ["allow to ports 80", ["ports-need-protocol dst_ports @15+2"]],
    ["allow icmp to ports 80", ["ports-need-protocol dst_ports @20+2"]],
    ["allow not tcp to ports 80", ["ports-need-protocol dst_ports @23+2"]],
    ["allow tcp type 8", ["icmp-needs-icmp icmp_type @15+1"]],
    ["allow tcp not type 8", ["icmp-needs-icmp !icmp_type @19+1"]],
    ["allow icmp type 255", ["icmp-type-unmatchable icmp_type @16+3"]],
    ["allow icmp type 256", ["bad-icmp icmp_type @16+3"]],
    ["allow icmp type -1", ["bad-icmp icmp_type @16+2"]],
    ["allow icmp type echo", ["bad-icmp icmp_type @16+4"]],
    ["allow icmp type 8 code 256", ["bad-icmp icmp_code @23+3"]],
    ["allow 0", ["bad-protocol protocol @6+1"]],
    ["allow 256", ["bad-protocol protocol @6+3"]],
    ["allow 06", ["bad-protocol protocol @6+2"]],
    ["allow not 0", ["bad-protocol !protocol @10+1"]],
    [
      "allow tcp to ports 80,,http,70000,80:80,90:80,-5,1:2:3",
      [
        "bad-port dst_ports.1 @22+0",
        "bad-port dst_ports.2 @23+4",
        "port-out-of-range dst_ports.3 @28+5",
        "bad-port dst_ports.4 @34+5",
        "bad-port dst_ports.5 @40+5",
        "bad-port dst_ports.6 @46+2",
        "bad-port dst_ports.7 @49+5",
      ],
    ],
    ["allow tcp to ports 80,", ["bad-port dst_ports.1 @22+0"]],
    ["allow tcp to ports 99999999999999999999", ["port-out-of-range dst_ports.0 @19+20"]],
    ["allow from tag a!b to tag A,B", ["bad-name src_tag @15+3", "bad-name dst_tag @26+3"]],
    ["allow from cidr nonsense", ["bad-cidr src_net @16+8"]],
    ["allow from 10.0.0.0/33", ["bad-cidr src_net @11+11"]],
    ["allow from cidr 10", ["bad-cidr src_net @16+2"]],
    ["allow icmpv6 from cidr 10.0.0.0/8", ["family-conflict src_net @23+10"]],
    ["allow ipv6 icmp", ["family-conflict protocol @11+4"]],
    ["allow from 10/8 to fd00::/8", ["family-conflict dst_net @19+8"]],
    ["allow type 8 to fd00::/8", ["family-conflict dst_net @16+8"]],
    ["allow ipv6 type 8", ["family-conflict icmp_type @16+1"]],
    ["next-tier", ["action-not-offered action @0+9"]],
    ["next-tier to ports 80", ["action-not-offered action @0+9", "ports-need-protocol dst_ports @19+2"]],
  ])("P19 %j has its issues where they stand", (words, issues) => {
    expect(issuesOf(words)).toEqual(issues);
  });

  it("P19 lines and columns count from 1", () => {
    const parsed = parseRule("allow tcp\n  to ports 80,http");
    expect(!parsed.ok && parsed.error[0]?.at).toEqual({ line: 2, column: 15, offset: 24, length: 4 });
  });

  it("P19 the words of a command line are not split again", () => {
    expect(parseRule(["allow", "tcp"])).toEqual({ ok: true, value: { action: "allow", protocol: "tcp" } });
    expect(issuesOf(["allow tcp"])).toEqual(["unexpected-word  @0+9"]);
    expect(issuesOf(["log", "prefix", ""])).toEqual(["bad-log-prefix  @11+0"]);
    expect(parseRule(["log", "prefix", "my drop"])).toEqual({
      ok: true,
      value: { action: "log", log_prefix: "my drop" },
    });
    expect(issuesOf(["allow", "from", "tag", ""])).toEqual(["bad-name src_tag @15+0"]);
  });

  it("P19 says what could have stood there", () => {
    expect(expectedAt("")).toEqual(["allow", "deny", "log"]);
    expect(expectedAt("allow icmp frm")).toEqual(["not PROTOCOL", "type", "not type", "from", "to", "prefix"]);
    expect(expectedAt("allow from not x")).toEqual(["ports", "tag", "cidr"]);
    expect(expectedAt("allow from")).toEqual(["ports", "not ports", "tag", "not tag", "cidr", "not cidr"]);
    expect(expectedAt("log prefix a b")).toEqual([]);
  });

  it("P5 the repair of a port is written as words", () => {
    const parsed = parseRule("allow tcp to ports 90-80");
    expect(!parsed.ok && parsed.error[0]).toMatchObject({ kind: "bad-port", hint: "80:90", found: "90-80" });
  });
});

describe("words for a rule that may be stored already", () => {
  it.each([
    ["next-tier tcp", { action: "next-tier", protocol: "tcp" }],
    ["allow icmp type 255", { action: "allow", protocol: "icmp", icmp_type: 255 }],
    ["allow tcp type 8", { action: "allow", protocol: "tcp", icmp_type: 8 }],
    ["allow from 10/8 to fd00::/8", { action: "allow", src_net: "10.0.0.0/8", dst_net: "fd00::/8" }],
    ["allow from cidr 10", { action: "allow", src_net: "10.0.0.0/32" }],
  ])("P22 %s is found, though it is not added", (words, stored) => {
    expect(parseAnyRule(words)).toEqual({ ok: true, value: stored });
    expect(parseRule(words).ok).toBe(false);
  });

  it("P22 what the agent refuses is refused here too", () => {
    expect(issuesOf("allow to ports 80", parseAnyRule)).toEqual(["ports-need-protocol dst_ports @15+2"]);
    expect(issuesOf("allow from", parseAnyRule)).toEqual(["unexpected-end  @10+0"]);
  });
});
