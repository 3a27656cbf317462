import { describe, expect, it } from "vitest";
import type { Leaf, ProfileRules } from "#policy/profile.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { shareRules } from "#policy/share-rules.ts";

const tcp = (port: number) => ({ action: "allow", protocol: "tcp", dst_ports: [port] });
const read = (inbound: readonly unknown[], outbound: readonly unknown[] = [], extra = {}) =>
  parseRulesValue(JSON.stringify({ inbound_rules: inbound, outbound_rules: outbound, ...extra }));

function rulesOf(leaf: Leaf<ProfileRules>): ProfileRules {
  if (leaf.kind !== "valid") throw new Error(leaf.kind);
  return leaf.value;
}

describe("rules that are read again", () => {
  it("are the same objects where they are written as before, wherever they stand now", () => {
    const before = read([tcp(1), tcp(2)], [tcp(3)]);
    const after = read([tcp(3), tcp(4), tcp(1)]);
    const shared = rulesOf(shareRules(before, after));
    const { inbound, outbound } = rulesOf(before);
    expect(shared).toEqual(rulesOf(after));
    expect(shared.inbound[0]).toBe(outbound[0]);
    expect(shared.inbound[2]).toBe(inbound[0]);
  });

  it("are the value of before when nothing differs, and not when a key beside them does", () => {
    const before = read([tcp(1)], [], { note: "a" });
    expect(shareRules(before, read([tcp(1)], [], { note: "a" }))).toBe(before);
    expect(rulesOf(shareRules(before, read([tcp(1)], [], { note: "b" }))).extra).toEqual({ note: "b" });
    expect(rulesOf(shareRules(before, read([tcp(1), tcp(1)]))).inbound).toHaveLength(2);
  });

  it("say the same in another order of keys are what was written now", () => {
    const before = read([{ action: "allow", protocol: "tcp" }]);
    const after = read([{ protocol: "tcp", action: "allow" }]);
    expect(JSON.stringify(rulesOf(shareRules(before, after)).inbound)).toBe('[{"protocol":"tcp","action":"allow"}]');
  });

  it("are taken as they come where either side is no rules", () => {
    const bad = parseRulesValue("{");
    expect(shareRules(bad, read([tcp(1)]))).toEqual(read([tcp(1)]));
    expect(shareRules(read([tcp(1)]), bad)).toBe(bad);
  });
});
