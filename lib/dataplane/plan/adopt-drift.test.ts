import { describe, expect, it } from "vitest";
import { adoptDrift, touchedBy } from "#dataplane/plan/adopt-drift.ts";
import type { KernelLine, KernelState } from "#dataplane/plan/kernel-state.ts";

const line = (key: string): KernelLine => ({ key, isOurs: true, uses: [], effect: "drop" });

/** Chains of IPv4's filter table with the keys of their lines, and IPv4 sets with their members. */
function kernel(chains: Record<string, string[]>, sets: Record<string, string[]>): KernelState {
  const filter = new Map(Object.entries(chains).map(([chain, keys]) => [chain, keys.map(line)]));
  return {
    sets: new Map(
      Object.entries(sets).map(([name, members]) => [
        name,
        { family: 4 as const, maxSetSize: 100, members: new Set(members) },
      ]),
    ),
    families: new Map([[4, { raw: new Map(), filter }]]),
  };
}

const shown = ({ sets, families }: KernelState) => ({
  sets: Object.fromEntries([...sets].map(([name, { members }]) => [name, [...members]])),
  chains: Object.fromEntries(
    [...(families.get(4)?.filter ?? [])].map(([chain, lines]) => [chain, lines.map(({ key }) => key)]),
  ),
});

const nothing = new Set<string>();

describe("what an audit found", () => {
  const before = kernel({ A: ["a1", "a2"], B: ["b1"] }, { S: ["10.0.0.1"], T: ["10.0.0.2"] });

  it("is the belief itself when the content is the same", () => {
    const found = kernel({ A: ["a1", "a2"], B: ["b1"] }, { S: ["10.0.0.1"], T: ["10.0.0.2"] });
    expect(adoptDrift(before, { before, found }, nothing)).toBe(before);
  });

  it("is believed where it differs: a line, a chain, a member, a set", () => {
    const found = kernel({ A: ["a2", "a1"], C: ["c1"] }, { S: ["10.0.0.9"], U: [] });
    expect(shown(adoptDrift(before, { before, found }, nothing))).toEqual(shown(found));
  });

  it("leaves the values of what does not differ as they are", () => {
    const found = kernel({ A: ["a1"], B: ["b1"] }, { S: ["10.0.0.1"], T: ["10.0.0.2"] });
    const after = adoptDrift(before, { before, found }, nothing);
    expect(after.sets).toBe(before.sets);
    expect(after.families.get(4)?.filter.get("B")).toBe(before.families.get(4)?.filter.get("B"));
    expect(after.families.get(4)?.raw).toBe(before.families.get(4)?.raw);
  });

  it("leaves alone what we wrote while it was read, and takes the rest", () => {
    const now = kernel({ A: ["a3"], B: ["b1"] }, { S: ["10.0.0.1", "10.0.0.3"], T: ["10.0.0.2"] });
    const found = kernel({ A: ["a1", "a2"], B: [] }, { S: ["10.0.0.1"], T: [] });
    const touched = new Set(
      touchedBy([
        { kind: "add-members", name: "S", members: ["10.0.0.3"] },
        { kind: "restore-table", family: 4, table: "filter", commands: [{ kind: "flush", chain: "A" }] },
      ]),
    );
    expect(shown(adoptDrift(now, { before, found }, touched))).toEqual({
      chains: { A: ["a3"], B: [] },
      sets: { S: ["10.0.0.1", "10.0.0.3"], T: [] },
    });
  });

  it("does not bring back what we removed while it was read", () => {
    const now = kernel({ A: ["a1", "a2"] }, { S: ["10.0.0.1"] });
    const touched = new Set(
      touchedBy([
        { kind: "restore-table", family: 4, table: "filter", commands: [{ kind: "remove-chain", chain: "B" }] },
        { kind: "destroy-set", name: "T" },
      ]),
    );
    expect(adoptDrift(now, { before, found: before }, touched)).toBe(now);
    const found = kernel({ A: ["a1", "a2"], B: ["b1", "b2"] }, { S: ["10.0.0.1"], T: [] });
    expect(adoptDrift(now, { before, found }, touched)).toBe(now);
  });

  it("tells the same chain of two tables and families apart", () => {
    const plan = (family: 4 | 6, table: "raw" | "filter") =>
      touchedBy([{ kind: "restore-table", family, table, commands: [{ kind: "flush", chain: "A" }] }]);
    expect(new Set([...plan(4, "raw"), ...plan(4, "filter"), ...plan(6, "raw"), ...plan(6, "filter")]).size).toBe(4);
  });
});
