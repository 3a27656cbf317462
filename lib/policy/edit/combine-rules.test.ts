import { describe, expect, it } from "vitest";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { type CombineMode, combineRules } from "./combine-rules.ts";

const rule = (words: string): Rule => {
  const parsed = parseRule(words);
  if (!parsed.ok) throw new Error(`not a rule: ${words}`);
  return parsed.value;
};

const rules = (...inbound: readonly string[]): ProfileRules => ({ inbound: inbound.map(rule), outbound: [] });

const stored = rules("deny tcp to ports 25", "allow tcp to ports 80,443", "allow icmp type 8");
const file = rules("allow icmp type 8", "allow tcp to ports 443,80", "allow udp to ports 53");

const combined = (inbound: CombineMode) =>
  combineRules(stored, file, { inbound, outbound: "keep" }).inbound.map(formatRule);

describe("importing a file into a profile", () => {
  it("replaces a direction by the file's rules", () => {
    expect(combined("replace")).toEqual(file.inbound.map(formatRule));
  });

  it("appends only the rules the profile does not have, whatever their spelling", () => {
    expect(combined("append")).toEqual([...stored.inbound.map(formatRule), "allow udp to ports 53"]);
  });

  it("merges: the file's order, and what only the profile has stays behind its neighbour", () => {
    expect(combined("merge")).toEqual([
      "deny tcp to ports 25",
      "allow icmp type 8",
      formatRule(rule("allow tcp to ports 443,80")),
      "allow udp to ports 53",
    ]);
  });

  it("keeps a direction as it is stored", () => {
    expect(combined("keep")).toEqual(stored.inbound.map(formatRule));
  });

  it("chooses for each direction by itself", () => {
    const result = combineRules(
      { ...stored, outbound: [rule("allow")] },
      { ...file, outbound: [rule("deny")] },
      { inbound: "keep", outbound: "replace" },
    );
    expect(result).toEqual({ inbound: stored.inbound, outbound: [rule("deny")] });
  });

  it("keeps unknown keys that stand beside the rules", () => {
    const before = { ...stored, extra: { id: "APP" } };
    expect(combineRules(before, file, { inbound: "replace", outbound: "replace" }).extra).toEqual({ id: "APP" });
  });
});
