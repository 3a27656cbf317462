import { describe, expect, it } from "vitest";
import { describeIssue, formatIssueLocation } from "#policy/describe-issue.ts";
import type { IssueFact } from "#policy/issue.ts";

describe("the wording of issues", () => {
  it.each<[IssueFact, string]>([
    [{ kind: "not-json", detail: "CommaExpected" }, "Not JSON: a comma is expected here."],
    [{ kind: "not-json", detail: "Unexpected end" }, "Not JSON: Unexpected end."],
    [{ kind: "wrong-type", found: "a list", expected: "a rule object" }, "Expected a rule object, found a list."],
    [{ kind: "unknown-key", key: "port", suggestion: "dst_ports" }, 'Unknown key "port". Did you mean dst_ports?'],
    [{ kind: "unknown-key", key: "zzz" }, 'Unknown key "zzz".'],
    [{ kind: "missing-key", key: "inbound_rules" }, 'Missing key "inbound_rules". Write [] for no rules.'],
    [{ kind: "missing-key", key: "state" }, 'Missing key "state".'],
    [{ kind: "duplicate-key", key: "id" }, 'Key "id" stands here a second time. Keep one.'],
    [
      { kind: "bad-name", what: "tag", found: "a b" },
      '"a b" cannot be a tag. Use letters, digits, dots, dashes and underscores.',
    ],
    [
      { kind: "bad-name", what: "endpoint id", found: "" },
      '"" cannot be an endpoint id. Use letters, digits, dots, dashes and underscores.',
    ],
    [
      { kind: "bad-name", what: "interface name", found: "a.b" },
      '"a.b" cannot be an interface name. Use 1 to 15 letters, digits, dashes and underscores.',
    ],
    [{ kind: "bad-action", found: '"drop"' }, 'Unknown action "drop". Use allow, deny, log or next-tier.'],
    [
      { kind: "bad-protocol", found: "dccp" },
      'Unknown protocol "dccp". Use tcp, udp, icmp, icmpv6, sctp, udplite or a number from 1 to 255.',
    ],
    [{ kind: "bad-ip-version", found: '"4"' }, 'IP version "4" does not exist. Use the number 4 or 6.'],
    [{ kind: "bad-cidr", found: "x" }, '"x" is not a CIDR. Write one like 10.0.0.0/8 or fd00::/64.'],
    [{ kind: "bad-address", found: "x" }, '"x" is not an address. Write one like 10.0.0.1 or fd00::1.'],
    [{ kind: "bad-mac", found: "x" }, '"x" is not a MAC address. Write one like ee:ee:ee:ee:ee:ee.'],
    [{ kind: "bad-port", found: "http" }, '"http" is not a port. Use 0 to 65535, or a range like 7000:7999.'],
    [{ kind: "bad-port", found: "80", hint: "80" }, '"80" is not a port. Write 80.'],
    [{ kind: "port-out-of-range", found: "70000" }, "70000 is outside 0 to 65535, the range of ports."],
    [
      { kind: "ports-need-protocol", field: "dst_ports" },
      "dst_ports needs a protocol that has ports: tcp, udp, sctp or udplite.",
    ],
    [
      { kind: "bad-icmp", field: "icmp_type", found: "x" },
      'icmp_type "x" is out of range. Use a number from 0 to 255.',
    ],
    [{ kind: "icmp-code-needs-type", field: "!icmp_code" }, "!icmp_code means nothing without a type. Add !icmp_type."],
    [
      { kind: "icmp-type-unmatchable" },
      "No packet has ICMP type 255, and the kernel cannot look for it. Use 0 to 254.",
    ],
    [
      { kind: "icmp-needs-icmp", field: "icmp_type", protocol: "tcp" },
      "icmp_type never matches tcp. Use protocol icmp or icmpv6.",
    ],
    [
      { kind: "action-not-offered", found: "next-tier" },
      "next-tier is kept where others wrote it, but not added here. Use allow, deny or log.",
    ],
    [{ kind: "family-conflict", detail: "a is IPv4, b is IPv6" }, "IPv4 and IPv6 do not meet: a is IPv4, b is IPv6."],
    [{ kind: "bad-state", found: "on" }, 'State "on" does not exist. Use "active" or "inactive".'],
    [{ kind: "bad-log-prefix", found: "" }, '"" cannot be a log prefix. Use one word.'],
    [
      { kind: "id-mismatch", found: "Q", expected: "P" },
      'The file is for profile Q, not P. Change its "id" or remove it.',
    ],
    [
      { kind: "too-large", foundBytes: 52428800, maxBytes: 5242880 },
      "52,428,800 bytes; at most 5,242,880 bytes are read.",
    ],
    [{ kind: "too-deep", maxDepth: 100 }, "Nested deeper than 100 levels."],
    [{ kind: "too-many-issues", count: 10000 }, "Stopped after 10,000 problems."],
    [{ kind: "unexpected-word", found: "frm", expected: ["from", "to"] }, 'Unexpected "frm". Did you mean from?'],
    [{ kind: "unexpected-word", found: "port", expected: ["ports", "tag"] }, 'Unexpected "port". Did you mean ports?'],
    [{ kind: "unexpected-word", found: "TCP", expected: ["tcp", "udp"] }, 'Unexpected "TCP". Did you mean tcp?'],
    [
      { kind: "unexpected-word", found: "xyzzy", expected: ["from", "to", "to"] },
      'Unexpected "xyzzy". Expected from or to.',
    ],
    [{ kind: "unexpected-word", found: "y", expected: [] }, 'Unexpected "y" after the end of the rule.'],
    [
      { kind: "unexpected-end", expected: ["tag", "cidr", "ports"] },
      "The rule ends too early. Expected tag, cidr or ports.",
    ],
  ])("P51 %j", (fact, sentence) => {
    expect(describeIssue(fact)).toBe(sentence);
  });

  it("P51 an issue with a path and no place in a text begins with its path", () => {
    const issue = { kind: "port-out-of-range", found: "70000", path: ["inbound_rules", 2, "!dst_ports", 0] } as const;
    expect(describeIssue(issue)).toBe(
      "inbound_rules[2].!dst_ports[0]: 70000 is outside 0 to 65535, the range of ports.",
    );
    expect(formatIssueLocation(issue, "f.json")).toBe(`f.json: ${describeIssue(issue)}`);
  });

  it("P51 an issue with a place is FILE:LINE:COL message", () => {
    const at = { line: 11, column: 7, offset: 200, length: 6 };
    const issue = {
      kind: "unknown-key",
      key: "port",
      suggestion: "dst_ports",
      path: ["inbound_rules", 0, "port"],
      at,
    } as const;
    expect(formatIssueLocation(issue, "APP-rules.json")).toBe(
      'APP-rules.json:11:7 Unknown key "port". Did you mean dst_ports?',
    );
  });

  it("P51 foreign text is shortened, and no character of it can disguise the message", () => {
    const found = `\u202e\u001b[31m\n${"x".repeat(100)}`;
    expect(describeIssue({ kind: "bad-name", what: "tag", found })).toBe(
      `"\\u{202e}\\u{1b}[31m\\u{a}${"x".repeat(53)}..." cannot be a tag. Use letters, digits, dots, dashes and underscores.`,
    );
    expect(describeIssue({ kind: "missing-key", key: "state", path: ["a\u202eb"] })).toBe(
      '["a\\u{202e}b"]: Missing key "state".',
    );
  });
});
