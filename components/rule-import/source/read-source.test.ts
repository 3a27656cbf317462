import { describe, expect, it } from "vitest";
import { mendSource, readSource } from "./read-source.ts";

const NO_TAGS: ReadonlySet<string> = new Set();
const fileWith = (rule: string) => `{"inbound_rules": [${rule}], "outbound_rules": []}`;

describe("every fix that is certain", () => {
  it.each([
    ["a trailing comma", '{"inbound_rules": [], "outbound_rules": [],}', '{"inbound_rules": [], "outbound_rules": []}'],
    ["a missing comma", '{"inbound_rules": [] "outbound_rules": []}', '{"inbound_rules": [], "outbound_rules": []}'],
    ["a comment", '{"inbound_rules": [/* x */], "outbound_rules": []}', '{"inbound_rules": [], "outbound_rules": []}'],
    ["other quotes", "{'inbound_rules': [], “outbound_rules”: []}", '{"inbound_rules": [], "outbound_rules": []}'],
    ["no quotes", '{inbound_rules: [], "outbound_rules": []}', '{"inbound_rules": [], "outbound_rules": []}'],
    [
      "a key and then its value",
      fileWith('{"action": "allow", "protocol": "tcp", "port": 80}'),
      fileWith('{"action": "allow", "protocol": "tcp", "dst_ports": [80]}'),
    ],
    [
      "several ports in one text",
      fileWith('{"action": "allow", "protocol": "tcp", "dst_ports": ["80,443"]}'),
      fileWith('{"action": "allow", "protocol": "tcp", "dst_ports": [80, 443]}'),
    ],
    ["another program's word", fileWith('{"action": "DROP"}'), fileWith('{"action": "deny"}')],
    ["no action", fileWith('{"protocol": "tcp"}'), fileWith('{"action": "allow","protocol": "tcp"}')],
    ["no action in an empty rule", fileWith("{}"), fileWith('{ "action": "allow" }')],
    [
      "blanks around a name",
      fileWith('{"action": "allow", "src_tag": " A "}'),
      fileWith('{"action": "allow", "src_tag": "A"}'),
    ],
    [
      "a rule where a list belongs",
      '{"inbound_rules": {"action": "allow"}, "outbound_rules": []}',
      '{"inbound_rules": [{"action": "allow"}], "outbound_rules": []}',
    ],
  ])("mends %s", (_what, text, wanted) => {
    expect(mendSource(text, NO_TAGS)).toBe(wanted);
    expect(readSource(wanted, NO_TAGS).issueCount).toBe(0);
  });

  it.each([
    ["what a null of another language means", fileWith('{"action": "allow", "src_tag": None}')],
    ["which of two keys is meant", fileWith('{"action": "allow", "protocol": "tcp", "port": 80, "dst_ports": [90]}')],
    ["a direction that is not there", '{"inbound_rules": []}'],
  ])("does not guess %s", (_what, text) => {
    expect(mendSource(text, NO_TAGS)).toBe(text);
  });
});

describe("what is better looked at", () => {
  const warned = (text: string, tags: ReadonlySet<string> = NO_TAGS) =>
    readSource(text, tags).warnings.map(({ kind, at }) => `${at.line}:${at.column} ${kind}`);

  it("stands by its line and column, also beside errors", () => {
    expect(
      warned(fileWith('{"port": 1},\n{"action": "allow", "src_tag": "X"},\n{"action": "allow", "src_tag": "X"}')),
    ).toEqual(["1:20 no-action", "2:32 tag-not-held", "3:1 said-twice", "3:32 tag-not-held"]);
  });

  it("is nothing where a tag is held, today or in the file", () => {
    expect(warned(fileWith('{"action": "allow", "src_tag": "X"}'), new Set(["X"]))).toEqual([]);
    expect(
      warned(`{"profiles": {"P": {"tags": ["X"], "rules": ${fileWith('{"action": "allow", "src_tag": "X"}')}}}}`),
    ).toEqual([]);
  });
});
