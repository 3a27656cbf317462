import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssueLocation } from "#policy/describe-issue.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { arbitraryProfileId, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const parsedId = parseProfileId("APP");
if (!parsedId.ok) throw new Error("APP is an id");
const APP = parsedId.value;
const SEED = `{"id":"APP","inbound_rules":[{"action":"allow","protocol":"tcp","dst_ports":[7890],"src_tag":"APP_7890"},
{"action":"allow","protocol":"icmp","icmp_type":8}],"outbound_rules":[{"action":"allow"}]}`;

/** Each issue as the command line prints it, with the profile APP. */
function linesOf(text: string): readonly string[] {
  return parseRulesJson(text, { profile: APP }).issues.map((issue) => formatIssueLocation(issue, "f"));
}

describe("a file of rules", () => {
  it("P30 is read whole, each rule as it was written", () => {
    expect(parseRulesJson(SEED, { profile: APP })).toEqual({
      id: "APP",
      issues: [],
      rules: {
        inbound: [
          { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
          { action: "allow", protocol: "icmp", icmp_type: 8 },
        ],
        outbound: [{ action: "allow" }],
      },
    });
  });

  it("P30 needs no id, and without a profile any id will do", () => {
    expect(parseRulesJson('{"inbound_rules":[],"outbound_rules":[]}', { profile: APP }).issues).toEqual([]);
    expect(parseRulesJson('{"id":"Q","inbound_rules":[],"outbound_rules":[]}')).toMatchObject({ id: "Q", issues: [] });
  });

  it("P30 may begin with a byte order mark", () => {
    expect(parseRulesJson(`\uFEFF${SEED}`).issues).toEqual([]);
    expect(linesOf('\uFEFF{"id": 1,"inbound_rules":[],"outbound_rules":[]}')[0]).toMatch(/^f:1:9 /);
  });
});

describe("what is wrong in a file, with line and column", PROPERTY_TIMEOUT, () => {
  it("P31 every problem of meaning is reported, in the order of the text", () => {
    const text = `{
  "id": "Q",
  "inbound_rules": [
    {"action": "allow", "protocol": "tcp", "port": 80},
    {"dst_ports": [80, "80", 70000]},
    "x",
    {"protocol": "icmp", "icmp_type": 255, "src_net": "10.0.0.0/33"}
  ],
  "outbound": [],
  "id2": null
}`;
    expect(linesOf(text)).toEqual([
      'f:1:1 Missing key "outbound_rules". Write [] for no rules.',
      'f:2:9 The file is for profile Q, not APP. Change its "id" or remove it.',
      'f:4:44 Unknown key "port". Did you mean dst_ports?',
      "f:5:19 dst_ports needs a protocol that has ports: tcp, udp, sctp or udplite.",
      'f:5:24 "80" is not a port. Write 80.',
      "f:5:30 70000 is outside 0 to 65535, the range of ports.",
      "f:6:5 Expected a rule object, found a text.",
      "f:7:39 No packet has ICMP type 255, and the kernel cannot look for it. Use 0 to 254.",
      'f:7:55 "10.0.0.0/33" is not a CIDR. Write one like 10.0.0.0/8 or fd00::/64.',
      'f:9:3 Unknown key "outbound". Did you mean outbound_rules?',
      'f:10:3 Unknown key "id2". Did you mean id?',
    ]);
  });

  it.each([
    ["[]", ["f:1:1 Expected a rules object, found a list."]],
    ["null", ["f:1:1 Expected a rules object, found null."]],
    ["3", ["f:1:1 Expected a rules object, found a number."]],
    [
      "{}",
      [
        'f:1:1 Missing key "inbound_rules". Write [] for no rules.',
        'f:1:1 Missing key "outbound_rules". Write [] for no rules.',
      ],
    ],
    [
      '{"inbound_rules":null,"outbound_rules":{}}',
      ["f:1:18 Expected a list of rules, found null.", "f:1:40 Expected a list of rules, found an object."],
    ],
    ['{"id":null,"inbound_rules":[],"outbound_rules":[]}', ["f:1:7 Expected a profile id, found null."]],
    [
      '{"id":"a b","inbound_rules":[],"outbound_rules":[]}',
      ['f:1:7 "a b" cannot be a profile id. Use letters, digits, dots, dashes and underscores.'],
    ],
    [
      '{"inbound_rules":[{"src_tag":"A","src_tag":"A"}],"outbound_rules":[]}',
      ['f:1:34 Key "src_tag" stands here a second time. Keep one.'],
    ],
    [
      '{"inbound_rules":[{}],"outbound_rules":[],"inbound_rules":[]}',
      ['f:1:43 Key "inbound_rules" stands here a second time. Keep one.'],
    ],
    [
      '{"inbound_rules":[{"x":{"a":1,"a":2}}],"outbound_rules":[]}',
      ['f:1:20 Unknown key "x".', 'f:1:31 Key "a" stands here a second time. Keep one.'],
    ],
    ['{"inbound_rules":[{"__proto__":{"action":"deny"}}],"outbound_rules":[]}', ['f:1:20 Unknown key "__proto__".']],
    ['{"inbound_rules":[{"src_net":null}],"outbound_rules":[]}', []],
  ])("P32 %s", (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it.each([
    ["", ["f:1:1 Not JSON: a value is expected here."]],
    ["  ", ["f:1:3 Not JSON: a value is expected here."]],
    ["{nope", ["f:1:2 Not JSON: this word has no meaning in JSON; texts stand in double quotes."]],
    ['{"inbound_rules": [,]}', ["f:1:20 Not JSON: a value is expected here."]],
    ['{"a": 1,}', ["f:1:9 Not JSON: a key in double quotes is expected here."]],
    ['{"a" 1}', ["f:1:6 Not JSON: a colon is expected here."]],
    ['{"a": 1 "b": 2}', ["f:1:9 Not JSON: a comma is expected here."]],
    ['{"a": "x\ny"}', ["f:1:7 Not JSON: the closing quote is missing."]],
    ['{"a": 1} x', ["f:1:10 Not JSON: this word has no meaning in JSON; texts stand in double quotes."]],
    ["{} {}", ["f:1:4 Not JSON: the document has ended before this."]],
    ["// c\n{}", ["f:1:1 Not JSON: comments are not allowed."]],
    ["{\"a\": 'x'}", ["f:1:7 Not JSON: this word has no meaning in JSON; texts stand in double quotes."]],
    ['{"a": 01}', ["f:1:8 Not JSON: a comma is expected here."]],
    ['{"a": "\\x"}', ["f:1:7 Not JSON: this escape is not known."]],
    ['{"a": nul}', ["f:1:7 Not JSON: this word has no meaning in JSON; texts stand in double quotes."]],
  ])("P31 the syntax of %j", (text, lines) => {
    expect(linesOf(text)[0]).toBe(lines[0]);
  });

  it("P31 several places of broken syntax are reported at once", () => {
    expect(
      linesOf('{"inbound_rules": [tru, {"a" 1}],\n"outbound_rules": [}').map((line) => line.split(" ")[0]),
    ).toEqual(["f:1:20", "f:1:30", "f:2:20"]);
  });

  it("P34 a file that is too large is refused with both figures in bytes", () => {
    const text = `{"id":"${"ä".repeat(20)}"}`;
    expect(parseRulesJson(text, { maxBytes: 40 }).issues).toMatchObject([
      { kind: "too-large", foundBytes: 49, maxBytes: 40 },
    ]);
    expect(linesOf("x".repeat(5 * 1024 * 1024 + 1))).toEqual([
      "f:1:1 5,242,881 bytes; at most 5,242,880 bytes are read.",
    ]);
  });

  it.each([
    "[".repeat(5_000_000),
    '{"a":'.repeat(1_000_000),
    `{"inbound_rules":${"[".repeat(101)}${"]".repeat(101)}}`,
    `"\n${"[".repeat(1_000_000)}`,
    `/* " */${"[".repeat(1_000_000)}`,
    "[},".repeat(300_000),
    '"\\'.repeat(300_000),
    "{".repeat(99) + "[{".repeat(300_000),
  ])("P34 nesting without end is refused, not followed: %.20j", (text) => {
    const { rules, issues } = parseRulesJson(text);
    expect(rules).toBeUndefined();
    expect(issues.length).toBeGreaterThan(0);
  });

  it("P34 the bracket that opens one level too many is named, before anything is decoded", () => {
    const nested = (depth: number) => `{"inbound_rules":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(parseRulesJson(nested(100)).issues).toMatchObject([
      { kind: "too-deep", maxDepth: 100, at: { offset: 116 } },
    ]);
    expect(parseRulesJson(nested(99)).issues.map(({ kind }) => kind)).not.toContain("too-deep");
  });

  it("P32 of a repeated key the last value counts, as it does for every decoder, and its problems are its own", () => {
    expect(linesOf('{"inbound_rules":[{"src_tag":"A","src_tag":"a b"}],"outbound_rules":[]}')).toEqual([
      'f:1:34 Key "src_tag" stands here a second time. Keep one.',
      'f:1:44 "a b" cannot be a tag. Use letters, digits, dots, dashes and underscores.',
    ]);
  });

  it("P34 brackets inside texts are no nesting", () => {
    const text = `{"inbound_rules":[{"log_prefix":${JSON.stringify("[{".repeat(500))}}],"outbound_rules":[]}`;
    expect(parseRulesJson(text).issues).toEqual([]);
  });

  it("P35 after ten thousand problems the rest is not looked at", () => {
    const { issues } = parseRulesJson(`{"inbound_rules":[${"1,".repeat(200_000)}1],"outbound_rules":[]}`);
    expect(issues).toHaveLength(10_001);
    expect(issues.at(-1)).toMatchObject({ kind: "too-many-issues", count: 10_000 });
  });
});

describe("any file", PROPERTY_TIMEOUT, () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc
      .array(
        fc.constantFrom(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          '"',
          "\\",
          "\n",
          "1",
          "-",
          "null",
          "//",
          "/*",
          "*/",
          '"id"',
          '"inbound_rules"',
          '"action"',
          "\uFEFF",
        ),
      )
      .map((pieces) => pieces.join("")),
    fc
      .tuple(fc.nat(SEED.length), fc.nat(5), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => SEED.slice(0, at) + put + SEED.slice(at + cut)),
  );

  it("P33 is read or refused, and every refusal has a place inside the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { rules, issues } = parseRulesJson(text, { profile: APP });
        expect(rules === undefined).toBe(issues.length > 0);
        for (const { at } of issues) {
          const [offset, length] = [at?.offset ?? -1, at?.length ?? -1];
          expect(offset >= 0 && length >= 0 && offset + length <= text.length).toBe(true);
          const before = text.slice(0, offset).split(/\r\n|\r|\n/);
          expect([at?.line, at?.column]).toEqual([before.length, (before.at(-1) ?? "").length + 1]);
        }
      }),
      runCount(500),
    );
  });

  it("P36 what is written is read back as equal rules, and writing it again gives the same bytes", () => {
    const list = fc.array(arbitraryStrictRule(), { maxLength: 6 });
    fc.assert(
      fc.property(arbitraryProfileId(), fc.tuple(list, list), (id, [inbound, outbound]) => {
        const text = formatRulesJson(id, { inbound, outbound });
        const read = parseRulesJson(text, { profile: id });
        expect(read.issues).toEqual([]);
        expect(read.rules && formatRulesJson(id, read.rules)).toBe(text);
      }),
    );
  });
});
