import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import conformance from "#testing/conformance/validate.json" with { type: "json" };
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const PARSERS = { profile_rules: parseRulesValue, profile_tags: parseTagsValue } as const;
const cases = conformance.filter((one) => one.key_kind in PARSERS);

describe("stored rules and tags, as the agent accepts them", () => {
  it.each(cases)("P2 $id: $title is $expect", (one) => {
    const parse = PARSERS[one.key_kind as keyof typeof PARSERS];
    expect(parse(JSON.stringify(one.value)).kind).toBe(one.expect);
  });

  it(`P2 every validate case of rules and tags is run: ${cases.length} of ${cases.length}`, () => {
    expect(cases.length).toBeGreaterThan(60);
  });
});

function issuesOf(value: unknown) {
  const parsed = parseStoredRule(value, ["inbound_rules", 0]);
  return parsed.ok ? [] : parsed.error;
}

describe("a stored rule", PROPERTY_TIMEOUT, () => {
  it("P1 is kept exactly as it was written, nulls, odd spellings and order of keys included", () => {
    const written = { src_net: "10/8", protocol: 6, whatever: null, action: "deny", dst_ports: null };
    const parsed = parseStoredRule(written);
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(JSON.stringify(written));
  });

  it("P3 null counts as absent, even for a key nobody knows", () => {
    expect(issuesOf({ whatever: null, protocol: null, icmp_type: null })).toEqual([]);
    expect(issuesOf({ icmp_type: null, icmp_code: 1 }).map(({ kind }) => kind)).toEqual(["icmp-code-needs-type"]);
  });

  it.each([
    ["port", "dst_ports"],
    ["dst_port", "dst_ports"],
    ["protcol", "protocol"],
    ["not_src_tag", "!src_tag"],
    ["!source_tag", "!src_tag"],
    ["SRC-NET", "src_net"],
    ["icmptype", "icmp_type"],
    ["src_selector", undefined],
    ["!action", "action"],
    ["x".repeat(100), undefined],
  ])("P3 the unknown key %s suggests %s", (key, suggestion) => {
    const path = ["inbound_rules", 0, key];
    expect(issuesOf({ [key]: "x" })).toEqual([
      { kind: "unknown-key", key, ...(suggestion !== undefined && { suggestion }), path },
    ]);
  });

  it("P4 every problem is reported, each with its path", () => {
    const issues = issuesOf({
      action: "drop",
      ip_version: 5,
      protocol: "TCP",
      src_ports: "80",
      dst_ports: [80, "80", "90:80", 70000, "1:70000", "http", null],
      src_tag: "a b",
      dst_tag: 7,
      src_net: "10.0.0.0/40",
      dst_net: 10,
      icmp_type: 256,
      "!icmp_code": 1,
      log_prefix: 7,
      bad: 1,
    });
    expect(issues.map(({ path, kind }) => `${path.slice(2).join(".")} ${kind}`)).toEqual([
      "action bad-action",
      "ip_version bad-ip-version",
      "protocol bad-protocol",
      "src_ports ports-need-protocol",
      "src_ports wrong-type",
      "dst_ports ports-need-protocol",
      "dst_ports.1 bad-port",
      "dst_ports.2 bad-port",
      "dst_ports.3 port-out-of-range",
      "dst_ports.4 port-out-of-range",
      "dst_ports.5 bad-port",
      "dst_ports.6 bad-port",
      "src_tag bad-name",
      "dst_tag wrong-type",
      "src_net bad-cidr",
      "dst_net wrong-type",
      "icmp_type bad-icmp",
      "!icmp_code icmp-code-needs-type",
      "log_prefix wrong-type",
      "bad unknown-key",
    ]);
  });

  it("P5 a lone port as text, and a range the wrong way round, carry their repair", () => {
    const issues = issuesOf({ protocol: "tcp", dst_ports: ["80", "80:80", "90:80", "7000-7999"] });
    expect(issues.map((issue) => issue.kind === "bad-port" && issue.hint)).toEqual([
      "80",
      "80",
      '"80:90"',
      '"7000:7999"',
    ]);
  });

  it.each([
    [{ icmp_type: 8 }, []],
    [{ icmp_type: 0, icmp_code: 255 }, []],
    [{ protocol: "icmp", icmp_type: 255 }, []],
    [{ "!icmp_type": 3, "!icmp_code": 1, icmp_type: 3 }, []],
    [{ icmp_type: -1 }, ["icmp_type bad-icmp"]],
    [{ icmp_type: "8" }, ["icmp_type bad-icmp"]],
    [{ icmp_type: true }, ["icmp_type bad-icmp"]],
    [{ icmp_type: 8, icmp_code: 256 }, ["icmp_code bad-icmp"]],
    [{ icmp_type: 8, icmp_code: 1.5 }, ["icmp_code bad-icmp"]],
    [{ icmp_code: 0 }, ["icmp_code icmp-code-needs-type"]],
    [{ icmp_type: 8, "!icmp_code": 0 }, ["!icmp_code icmp-code-needs-type"]],
  ])("P6 ICMP in %j", (fields, issues) => {
    expect(issuesOf(fields).map(({ path, kind }) => `${path.at(-1)} ${kind}`)).toEqual(issues);
  });

  it("P5 a list of a million bad ports stops being looked at", () => {
    const issues = issuesOf({ protocol: "tcp", dst_ports: Array.from({ length: 1_000_000 }, () => "x") });
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)?.kind).toBe("too-many-issues");
  });

  it.each([
    [{ ip_version: 4, protocol: "icmpv6" }, "protocol"],
    [{ ip_version: 6, protocol: "icmp" }, "protocol"],
    [{ ip_version: 6, src_net: "10.0.0.0/8" }, "src_net"],
    [{ ip_version: 4, "!dst_net": "fd00::/8" }, "!dst_net"],
  ])("P9 %j names two families", (fields, field) => {
    expect(issuesOf(fields)).toMatchObject([{ kind: "family-conflict", path: ["inbound_rules", 0, field] }]);
  });

  it.each([
    { ip_version: 4, protocol: 58 },
    { ip_version: 4, "!protocol": "icmpv6" },
    { src_net: "10.0.0.0/8", dst_net: "fd00::/8" },
    { protocol: "tcp", icmp_type: 8 },
    { protocol: "icmp", icmp_type: 255 },
    { icmp_type: 8, ip_version: 6 },
    { src_net: "10" },
  ])("P9 %j is valid in storage, though it may never match", (fields) => {
    expect(issuesOf(fields)).toEqual([]);
  });

  it.each([null, undefined, [], "x", 3, true, /x/, new Map()])("P2 %j is no rule", (value) => {
    expect(issuesOf(value)).toMatchObject([{ kind: "wrong-type", expected: "a rule object" }]);
  });

  it("P2 a key inherited from a prototype is no key of the rule", () => {
    expect(issuesOf(Object.create({ protocol: "nonsense" }))).toEqual([]);
    expect(issuesOf(JSON.parse('{"__proto__": {"protocol": "tcp"}, "dst_ports": [80]}'))).toHaveLength(2);
  });

  it("P2 any value is accepted or refused with issues", () => {
    const fields = ["action", "protocol", "!protocol", "dst_ports", "src_net", "icmp_type", "icmp_code", "ip_version"];
    const anyRule = fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), fc.anything());
    fc.assert(
      fc.property(fc.oneof(fc.anything(), anyRule), (value) => {
        const parsed = parseStoredRule(value);
        if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(0);
      }),
      runCount(500),
    );
  });
});
