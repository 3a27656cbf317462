import { describe, expect, it } from "vitest";
import type { KernelLine, KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { isInDoubt, noTouches, noteTouches } from "#dataplane/plan/touches.ts";

const line = (key: string): KernelLine => ({ key, isOurs: true, uses: [], effect: "drop" });

function state(chain: readonly string[] | undefined, members: readonly string[]): KernelState {
  const filter = new Map(chain === undefined ? [] : [["tortie-A", chain.map(line)]]);
  return {
    sets: new Map([["tortie-4a-T", { family: 4, maxSetSize: 10, members: new Set(members) }]]),
    families: new Map([[4, { raw: new Map(), filter }]]),
  };
}

const written = { text: "", line: line("") };
const COMMIT = { kind: "restore-table", family: 4, table: "filter" } as const;
const edits: Plan = [{ ...COMMIT, commands: [{ kind: "append", chain: "tortie-A", written }] }];
const adds: Plan = [{ kind: "add-members", name: "tortie-4a-T", members: ["3", "4"] }];
const removes: Plan = [
  { ...COMMIT, commands: [{ kind: "flush", chain: "tortie-A" }] },
  { ...COMMIT, commands: [{ kind: "remove-chain", chain: "tortie-A" }] },
];

/** Two plans went through while something was read. */
function doubts(found: KernelState, plans: readonly (readonly [Plan, KernelState])[]): boolean {
  const touches = noTouches();
  for (const [plan, after] of plans) noteTouches(touches, plan, after);
  return isInDoubt({ before: state(["a"], ["1", "2"]), found }, touches);
}

const TWO_EDITS = [
  [edits, state(["a", "b"], ["1", "2"])],
  [edits, state(["c"], ["1", "2"])],
] as const;
const ADDED = [[adds, state(["a"], ["1", "2", "3", "4"])]] as const;
const REMOVED = [[removes, state(undefined, ["1", "2"])]] as const;

describe("what is read while we write", () => {
  it.each([
    ["a chain as it was before", ["a"], TWO_EDITS],
    ["as it was between", ["a", "b"], TWO_EDITS],
    ["as it is now", ["c"], TWO_EDITS],
    ["emptied, to be removed", [], REMOVED],
    ["removed", undefined, REMOVED],
  ])("is no sign of others: %s", (_, chain, plans) => {
    expect(doubts(state(chain, ["1", "2"]), plans)).toBe(false);
  });

  it.each([
    ["a line nobody of us wrote", ["a", "x"], TWO_EDITS],
    ["gone, though we only edited it", undefined, TWO_EDITS],
    ["still there with another line", ["x"], REMOVED],
  ])("is a sign of others: %s", (_, chain, plans) => {
    expect(doubts(state(chain, ["1", "2"]), plans)).toBe(true);
  });

  it.each([
    [["1", "2"], false],
    [["1", "2", "4"], false],
    [["1", "3"], true],
    [["1", "2", "9"], true],
  ])("of a set to which 3 and 4 are being added, members %j", (members, doubt) => {
    expect(doubts(state(["a"], members), ADDED)).toBe(doubt);
  });
});
