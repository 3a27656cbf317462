import { describe, expect, it } from "vitest";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { PROPERTY_TIMEOUT } from "#testing/run-count.ts";

type Stored = { readonly inbound?: readonly unknown[]; readonly tags?: string; readonly rules?: string };

function profile({ inbound = [], tags = "[]", rules }: Stored): Profile {
  const id = parseProfileId("P");
  if (!id.ok) throw new Error("P is an id");
  const text = rules ?? JSON.stringify({ inbound_rules: inbound, outbound_rules: [] });
  return { id: id.value, tags: parseTagsValue(tags), rules: parseRulesValue(text) };
}

/** One rule per letter: `a` admits tag a. */
function letters(text: string): readonly unknown[] {
  return [...text].map((letter) => ({ action: "allow", src_tag: letter }));
}

function differences(before: Stored, after: Stored): readonly string[] {
  return diffProfiles(profile(before), profile(after)).map(describeEdit);
}

describe("differences of rules", () => {
  it.each([
    ["abc", "abc", []],
    ["abc", "abcd", ["Add inbound 4: allow from tag d"]],
    ["abc", "xabc", ["Add inbound 1: allow from tag x"]],
    ["abc", "ac", ["Remove inbound 2"]],
    ["abc", "", ["Remove inbound 3", "Remove inbound 2", "Remove inbound 1"]],
    ["abcde", "bcdea", ["Move inbound 1 to position 5"]],
    ["abcde", "eabcd", ["Move inbound 5 to position 1"]],
    ["abcde", "acbde", ["Move inbound 3 to position 2"]],
    ["abcdef", "dabcfe", ["Move inbound 4 to position 1", "Move inbound 6 to position 5"]],
    ["abc", "axc", ["Change inbound 2 to allow from tag x"]],
    ["abc", "axyc", ["Change inbound 2 to allow from tag x", "Add inbound 3: allow from tag y"]],
    ["abcd", "acxb", ["Change inbound 4 to allow from tag x", "Move inbound 2 to position 4"]],
    ["aab", "ab", ["Remove inbound 2"]],
    ["aba", "ba", ["Remove inbound 1"]],
    ["ab", "aba", ["Replace all rules: 3 rules inbound, 0 rules outbound"]],
  ])("P47 from %s to %s", (before, after, edits) => {
    expect(differences({ inbound: letters(before) }, { inbound: letters(after) })).toEqual(edits);
  });

  it("P47 another spelling of an equal rule is a change", () => {
    expect(differences({ inbound: [{ src_net: "10/8" }] }, { inbound: [{ src_net: "10.0.0.0/8" }] })).toEqual([
      "Change inbound 1 to allow from cidr 10.0.0.0/8",
    ]);
  });

  it("P47 invalid rules are replaced as a whole, and what is invalid after cannot be reached", () => {
    expect(differences({ rules: "nonsense" }, { inbound: letters("a") })).toEqual([
      "Replace all rules: 1 rule inbound, 0 rules outbound",
    ]);
    expect(differences({ inbound: letters("a") }, { rules: "nonsense" })).toEqual([]);
  });
});

describe("the number of differences", PROPERTY_TIMEOUT, () => {
  // Letters are interchangeable, so one list before of each length stands for all of them.
  const starts = ["", "a", "ab", "abc", "abcd"];
  const ends = arrangements("abcde", 4);

  it(`P47 is the least that keeps every common rule, for ${starts.length * ends.length} pairs of lists`, () => {
    for (const before of starts) {
      const found = ends.map((after) => differences({ inbound: letters(before) }, { inbound: letters(after) }).length);
      expect(found).toEqual(ends.map((after) => fewestSteps(before, after)));
    }
  });

  /** Every list of at most so many different letters, the empty one included. */
  function arrangements(stock: string, longest: number): readonly string[] {
    if (longest === 0) return [""];
    const longer = (first: string) => arrangements(stock.replace(first, ""), longest - 1).map((rest) => first + rest);
    return ["", ...[...stock].flatMap(longer)];
  }

  /** How many single edits lead there when a rule of both lists is neither removed nor written anew; tries them all. */
  function fewestSteps(before: string, after: string): number | undefined {
    const steps = new Map([[before, 0]]);
    for (const [list, count] of steps) {
      if (list === after) return count;
      for (const next of neighbours(list, before, after)) if (!steps.has(next)) steps.set(next, count + 1);
    }
    return undefined;
  }

  function neighbours(list: string, before: string, after: string): readonly string[] {
    const fresh = [...after].filter((letter) => !list.includes(letter) && !before.includes(letter));
    const places = Array.from({ length: list.length + 1 }, (_, place) => place);
    const put = (text: string, place: number, letter: string) => text.slice(0, place) + letter + text.slice(place);
    const idle = [...list].filter((letter) => !after.includes(letter));
    return [
      ...fresh.flatMap((letter) => places.map((place) => put(list, place, letter))),
      ...idle.map((letter) => list.replace(letter, "")),
      ...idle.flatMap((letter) => fresh.map((other) => list.replace(letter, other))),
      ...[...list].flatMap((letter) => places.map((place) => put(list.replace(letter, ""), place, letter))),
    ];
  }
});

describe("differences of tags", () => {
  it.each([
    ['["A","B"]', '["A","C"]', ["Remove tag B", "Add tag C"]],
    ['["A"]', '["A","B","C"]', ["Add tag B", "Add tag C"]],
    ['["A","B"]', '["B","A"]', ["Replace all tags: B, A"]],
    ['["A","A"]', '["A"]', ["Replace all tags: A"]],
    ['["A"]', '["B","B"]', ["Replace all tags: B, B"]],
    ["7", '["A"]', ["Replace all tags: A"]],
    ['["A"]', "7", []],
    ['["A"]', "[]", ["Remove tag A"]],
  ])("P47 from %s to %s", (before, after, edits) => {
    expect(differences({ tags: before }, { tags: after })).toEqual(edits);
  });
});
