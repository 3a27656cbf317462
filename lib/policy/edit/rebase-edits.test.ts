import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { rebaseEdits } from "#policy/edit/rebase-edits.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

function rule(port: number): Rule {
  const parsed = parseRule(`allow tcp to ports ${port}`);
  if (!parsed.ok) throw new Error(String(port));
  return parsed.value;
}

function tag(name: string): Tag {
  const parsed = parseTag(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
}

function profile(ports: readonly number[], tags: readonly string[] = ["X"]): Profile {
  const id = parseProfileId("X");
  if (!id.ok) throw new Error("X");
  const rules = { inbound: ports.map(rule), outbound: [] };
  return { id: id.value, tags: { kind: "valid", value: tags.map(tag) }, rules: { kind: "valid", value: rules } };
}

function portsOf({ rules }: Profile): readonly number[] {
  if (rules.kind !== "valid") throw new Error("no rules");
  return rules.value.inbound.map((each) => Number(formatRule(each).split(" ").at(-1)));
}

const insert = (port: number, at: number): ProfileEdit => ({
  kind: "insert-rule",
  direction: "inbound",
  rule: rule(port),
  at,
});
const remove = (at: number): ProfileEdit => ({ kind: "remove-rule", direction: "inbound", at });
const move = (from: number, to: number): ProfileEdit => ({ kind: "move-rule", direction: "inbound", from, to });
const replace = (at: number, port: number): ProfileEdit => ({
  kind: "replace-rule",
  direction: "inbound",
  at,
  rule: rule(port),
});

/** The ports after putting edits made on `base` onto `theirs`. */
function onto(base: readonly number[], theirs: readonly number[], edits: readonly ProfileEdit[]) {
  const rebased = rebaseEdits(profile(base), profile(theirs), edits);
  const after = applyEdits(profile(theirs), rebased.edits);
  if (!after.ok) throw new Error(JSON.stringify(after.error));
  return { ports: portsOf(after.value), lost: rebased.lost.length };
}

type Case = {
  readonly name: string;
  readonly base: readonly number[];
  readonly theirs: readonly number[];
  readonly edits: readonly ProfileEdit[];
  readonly ports: readonly number[];
};

describe("edits put on a newer list", () => {
  it.each<Case>([
    {
      name: "a removal hits its rule although it stands elsewhere now",
      base: [1, 2, 3],
      theirs: [9, 3, 1, 2],
      edits: [remove(2)],
      ports: [9, 3, 1],
    },
    {
      name: "a move goes behind the rule it was put behind",
      base: [1, 2, 3],
      theirs: [3, 9, 1, 2],
      edits: [move(1, 2)],
      ports: [3, 9, 2, 1],
    },
    {
      name: "a move to the top stays a move to the top",
      base: [1, 2, 3],
      theirs: [9, 1, 2, 3],
      edits: [move(3, 1)],
      ports: [3, 9, 1, 2],
    },
    {
      name: "an addition stands behind its neighbour",
      base: [1, 2, 3],
      theirs: [2, 1, 3],
      edits: [insert(7, 3)],
      ports: [2, 7, 1, 3],
    },
    {
      name: "an addition at the end stays at the end",
      base: [1, 2],
      theirs: [1, 2, 3, 4],
      edits: [insert(7, 3)],
      ports: [1, 2, 3, 4, 7],
    },
    { name: "a change follows its rule", base: [1, 2, 3], theirs: [3, 2], edits: [replace(3, 33)], ports: [33, 2] },
    {
      name: "edits of one's own additions follow them",
      base: [1, 2],
      theirs: [2, 1],
      edits: [insert(7, 1), move(1, 3)],
      ports: [2, 1, 7],
    },
  ])("$name", ({ base, theirs, edits, ports }) => {
    expect(onto(base, theirs, edits)).toEqual({ ports, lost: 0 });
  });

  it("hands back an edit whose rule is gone, and does the others", () => {
    expect(onto([1, 2, 3], [1, 3], [remove(2), remove(2)])).toEqual({ ports: [1], lost: 1 });
  });

  it("needs no edit for what the other person did too", () => {
    const adding: ProfileEdit[] = [insert(7, 3), { kind: "add-tag", tag: tag("T") }];
    const rebased = rebaseEdits(profile([1, 2]), profile([7, 1, 2], ["X", "T"]), adding);
    expect(rebased).toEqual({ edits: [], lost: [] });
  });

  it("is the identity when nobody else did anything", () => {
    const ports = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 });
    const steps = fc.array(fc.tuple(fc.constantFrom("insert", "remove", "move", "replace"), fc.nat(20), fc.nat(20)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(ports, steps, (base, wanted) => {
        const edits = validEdits(base, wanted);
        const direct = applyEdits(profile(base), edits);
        if (!direct.ok) throw new Error("the test made an edit that cannot be applied");
        expect(onto(base, base, edits)).toEqual({ ports: portsOf(direct.value), lost: 0 });
      }),
    );
  });

  it("never loses or doubles a rule of the other person that no edit is about", () => {
    const base = [1, 2, 3, 4, 5];
    const theirs = fc.shuffledSubarray([1, 2, 3, 4, 5, 50, 51]);
    const steps = fc.array(fc.tuple(fc.constantFrom("insert", "move"), fc.nat(20), fc.nat(20)), { maxLength: 6 });
    fc.assert(
      fc.property(theirs, steps, (newer, wanted) => {
        const { ports } = onto(base, newer, validEdits(base, wanted));
        expect(newer.every((port) => ports.filter((each) => each === port).length === 1)).toBe(true);
      }),
    );
  });
});

/** Turns any numbers into edits that can be applied one after the other. */
function validEdits(
  base: readonly number[],
  wanted: readonly (readonly [string, number, number])[],
): readonly ProfileEdit[] {
  let length = base.length;
  let fresh = 200;
  return wanted.flatMap(([kind, a, b]): ProfileEdit[] => {
    if (kind === "insert") {
      length += 1;
      fresh += 1;
      return [insert(fresh, (a % length) + 1)];
    }
    if (length === 0) return [];
    if (kind === "move") return [move((a % length) + 1, (b % length) + 1)];
    if (kind === "replace") {
      fresh += 1;
      return [replace((a % length) + 1, fresh)];
    }
    length -= 1;
    return [remove((a % (length + 1)) + 1)];
  });
}
