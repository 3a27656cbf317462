import { describe, expect, it } from "vitest";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { mergeProfiles } from "#policy/merge/merge-profiles.ts";
import type { MergeChoice, MergeConflict } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import { trackedOrigins } from "#policy/merge/rule-origins.ts";
import { portOf, portProfile, portRule, portsOf, tagOf } from "#testing/port-profile.ts";

type Ports = readonly number[];

function merge(base: Ports, theirs: Ports, yours: Ports) {
  return mergeProfiles(portProfile(base), { profile: portProfile(theirs) }, { profile: portProfile(yours) });
}

function choose(merged: ReturnType<typeof merge>, ...choices: readonly (readonly [string, MergeChoice])[]): Ports {
  return portsOf(resolveMerge(merged, new Map(choices)));
}

/** A conflict in numbers. */
function told(conflict: MergeConflict) {
  if (conflict.kind === "rules") return conflict;
  if (conflict.kind === "order") {
    return { id: conflict.id, theirs: conflict.theirs.map(portOf), yours: conflict.yours.map(portOf) };
  }
  const side = (rule: typeof conflict.theirs) => (rule === undefined ? "removed" : portOf(rule));
  return { id: conflict.id, base: portOf(conflict.base), theirs: side(conflict.theirs), yours: side(conflict.yours) };
}

describe("P70 what two people did to different rules is all done", () => {
  it.each<readonly [name: string, lists: readonly [base: Ports, theirs: Ports, yours: Ports], wanted: Ports]>([
    [
      "a move and a change of the same rule",
      [
        [1, 2, 3, 4, 5],
        [5, 1, 2, 3, 4],
        [1, 2, 3, 4, 55],
      ],
      [55, 1, 2, 3, 4],
    ],
    [
      "a removal although the rule stands elsewhere",
      [
        [1, 2, 3],
        [9, 3, 1, 2],
        [1, 3],
      ],
      [9, 3, 1],
    ],
    [
      "a move to the top",
      [
        [1, 2, 3],
        [9, 1, 2, 3],
        [3, 1, 2],
      ],
      [3, 9, 1, 2],
    ],
    [
      "an addition stands between its neighbours",
      [
        [1, 2, 3],
        [1, 2, 3, 4],
        [1, 7, 2, 3],
      ],
      [1, 7, 2, 3, 4],
    ],
    [
      "a change follows its rule",
      [
        [1, 2, 3],
        [3, 2],
        [1, 2, 33],
      ],
      [33, 2],
    ],
    [
      "two moves to the top, in the order one of them saw",
      [
        [1, 2, 3, 4, 5],
        [5, 1, 2, 3, 4],
        [4, 1, 2, 3, 5],
      ],
      [5, 4, 1, 2, 3],
    ],
    [
      "the same addition, once",
      [
        [1, 2],
        [1, 2, 7],
        [7, 1, 2],
      ],
      [7, 1, 2],
    ],
    [
      "the same change, once",
      [
        [1, 2],
        [1, 22],
        [1, 22],
      ],
      [1, 22],
    ],
    ["the same removal, once", [[1, 2], [1], [1]], [1]],
    [
      "changes of neighbours",
      [
        [1, 2, 3],
        [11, 2, 3],
        [1, 22, 3],
      ],
      [11, 22, 3],
    ],
    ["everything removed and one rule changed by the same person", [[1, 2], [1, 2, 3], []], [3]],
  ])("%s", (_, lists, wanted) => {
    const merged = merge(...lists);
    expect(merged.conflicts.filter(({ kind }) => kind !== "order").map(told)).toEqual([]);
    expect(choose(merged)).toEqual(wanted);
  });

  it("a rule that one moved and changed and the other changed is one conflict, at the place it was moved to", () => {
    const base = portProfile([1, 2, 3]);
    const edits: ProfileEdit[] = [
      { kind: "move-rule", direction: "inbound", from: 3, to: 1 },
      { kind: "replace-rule", direction: "inbound", at: 1, rule: portRule(33) },
    ];
    const yours = applyEdits(base, edits);
    if (!yours.ok) throw new Error("the edits fit");
    const merged = mergeProfiles(
      base,
      { profile: portProfile([1, 2, 34]) },
      { profile: yours.value, origins: trackedOrigins(base, edits) },
    );
    expect(merged.conflicts.map(told)).toEqual([{ id: "inbound 3", base: 3, theirs: 34, yours: 33 }]);
    expect(choose(merged, ["inbound 3", { kind: "theirs" }])).toEqual([34, 1, 2]);
  });
});

describe("P71 what only a person can decide is named rule by rule", () => {
  it("two changes of one rule: theirs, yours, both or another rule", () => {
    const merged = merge([1, 2], [1, 20], [1, 21]);
    expect(merged.conflicts.map(told)).toEqual([{ id: "inbound 2", base: 2, theirs: 20, yours: 21 }]);
    const ends = (choice: MergeChoice) => choose(merged, ["inbound 2", choice]);
    expect(ends({ kind: "theirs" })).toEqual([1, 20]);
    expect(ends({ kind: "yours" })).toEqual([1, 21]);
    expect(ends({ kind: "both" })).toEqual([1, 20, 21]);
    expect(ends({ kind: "rule", rule: portRule(22) })).toEqual([1, 22]);
    expect(choose(merged), "without a choice the draft is kept").toEqual([1, 21]);
  });

  it("a rule that one removed and the other changed, or moved", () => {
    const changed = merge([1, 2], [1], [1, 21]);
    expect(changed.conflicts.map(told)).toEqual([{ id: "inbound 2", base: 2, theirs: "removed", yours: 21 }]);
    expect(choose(changed, ["inbound 2", { kind: "theirs" }])).toEqual([1]);
    expect(choose(changed, ["inbound 2", { kind: "yours" }])).toEqual([1, 21]);
    const moved = merge([1, 2, -3], [-3, 1, 2], [1, 2]);
    expect(moved.conflicts.map(told)).toEqual([{ id: "inbound 3", base: -3, theirs: -3, yours: "removed" }]);
    expect(choose(moved, ["inbound 3", { kind: "theirs" }])).toEqual([-3, 1, 2]);
  });

  it("one rule moved to two places, and new rules whose order nobody has seen", () => {
    const places = merge([1, 2, 3, 4], [4, 1, 2, 3], [1, 4, 2, 3]);
    expect(places.conflicts.map(told)).toEqual([{ id: "inbound order", theirs: [4, 1, 2, 3], yours: [1, 4, 2, 3] }]);
    const added = merge([1], [1, 7], [1, -7]);
    expect(added.conflicts.map(told)).toEqual([{ id: "inbound order", theirs: [1, 7, -7], yours: [1, -7, 7] }]);
    expect(choose(added, ["inbound order", { kind: "theirs" }])).toEqual([1, 7, -7]);
    expect(choose(added)).toEqual([1, -7, 7]);
  });

  it("rules that one side left unreadable are never mixed with readable ones", () => {
    const broken = { ...portProfile([]), rules: { kind: "invalid", text: "{", issues: [] } } as const;
    const merged = mergeProfiles(portProfile([1]), { profile: broken }, { profile: portProfile([1, 2]) });
    expect(merged.conflicts).toEqual([{ kind: "rules", id: "rules" }]);
    expect(resolveMerge(merged, new Map([["rules", { kind: "theirs" }]])).rules).toEqual(broken.rules);
    expect(choose(merged)).toEqual([1, 2]);
  });
});

it("P72 a tag is held when one added it and gone when one removed it", () => {
  const of = (...tags: readonly string[]) => portProfile([], tags);
  const merged = mergeProfiles(of("A", "B", "C"), { profile: of("B", "C", "D") }, { profile: of("A", "B", "E") });
  expect(resolveMerge(merged).tags).toEqual({ kind: "valid", value: ["B", "D", "E"].map(tagOf) });
});
