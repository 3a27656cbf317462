import { describe, expect, it } from "vitest";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { editWords } from "./edit-words.ts";
import { shellQuoted } from "./equivalent-command.ts";

const rule = (words: string) => {
  const parsed = parseRule(words);
  if (!parsed.ok) throw new Error(words);
  return parsed.value;
};

describe("what an edit changed", () => {
  it.each([
    ["allow tcp to ports 80", "allow tcp to ports 80,81", "1 port added"],
    ["allow tcp to ports 80,81,90", "allow tcp to ports 80", "2 ports removed"],
    ["allow tcp to ports 80", "allow tcp to ports 81", "ports changed"],
    ["allow icmp type 8", "allow ipv4 icmp type 8", "version set"],
    ["allow from tag A", "deny from tag B", "was allow, tag changed"],
    ["allow from cidr 10.0.0.0/8", "allow", "network removed"],
  ])("%s, then %s: %s", (before, after, words) => {
    expect(editWords(rule(before), rule(after))).toBe(words);
  });
});

describe("a file's name in a command", () => {
  it.each([
    ["APP-rules.json", "APP-rules.json"],
    ["my rules.json", "'my rules.json'"],
    ["$(reboot).json", "'$(reboot).json'"],
    ["it's.json", "'it'\\''s.json'"],
    ["-rf.json", "'-rf.json'"],
  ])("%s is %s", (name, quoted) => {
    expect(shellQuoted(name)).toBe(quoted);
  });
});
