import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { portProfile, portRule, portsOf } from "#testing/port-profile.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";
import type { Draft, SeenProfile } from "../draft.ts";
import { undoStep, withStep } from "../store/draft-history.ts";
import { mergeFork } from "./merge-fork.ts";

const BASE: SeenProfile = { profile: portProfile([1, 2, 3, 4, 5]), version: { tags: 1, rules: 2, sidecar: 0 } };
const direction = "inbound" as const;

/** A tab adds rules nobody else adds, takes rules out and moves them about. */
function tab(firstPort: number): fc.Arbitrary<readonly ProfileEdit[]> {
  const at = fc.integer({ min: 1, max: 6 });
  const edit: fc.Arbitrary<ProfileEdit> = fc.oneof(
    fc.record({ at, port: fc.nat(99) }).map(
      ({ at: place, port }): ProfileEdit => ({
        kind: "insert-rule",
        direction,
        rule: portRule(firstPort + port),
        at: place,
      }),
    ),
    at.map((place): ProfileEdit => ({ kind: "remove-rule", direction, at: place })),
    fc.record({ from: at, to: at }).map(({ from, to }): ProfileEdit => ({ kind: "move-rule", direction, from, to })),
  );
  return fc.array(edit, { maxLength: 5 });
}

/** The draft after the edits that can be made, one step each. */
function draftAfter(before: Draft | undefined, edits: readonly ProfileEdit[]): Draft | undefined {
  return edits.reduce((draft, edit) => {
    const next = withStep(draft, draft?.base ?? BASE, { edits: [edit] });
    return next.ok ? next.value : draft;
  }, before);
}

describe("two tabs that changed one draft at once", PROPERTY_TIMEOUT, () => {
  it("nothing either made is lost, and what came on top can be taken back", () => {
    fc.assert(
      fc.property(tab(100), tab(200), tab(300), (first, one, other) => {
        const begun = draftAfter(undefined, first);
        const [mine, theirs] = [draftAfter(begun, one), draftAfter(begun, other)];
        if (mine === undefined || theirs === undefined) return;
        const merged = mergeFork({ begun, theirs, mine });
        const shared = portsOf(begun?.profile ?? BASE.profile);
        const [left, right, both] = [portsOf(mine.profile), portsOf(theirs.profile), portsOf(merged.profile)];
        for (const port of [...left, ...right]) {
          const isKept = !shared.includes(port) || (left.includes(port) && right.includes(port));
          if (isKept) expect(both).toContain(port);
        }
        expect(new Set(both).size).toBe(both.length);
        let back = merged;
        while (back.steps.length > theirs.steps.length) back = undoStep(back);
        expect(portsOf(back.profile)).toEqual(right);
      }),
      runCount(300),
    );
  });

  it("a tab that did nothing changes nothing", () => {
    fc.assert(
      fc.property(tab(100), tab(200), (first, one) => {
        const begun = draftAfter(undefined, first);
        const theirs = draftAfter(begun, one);
        if (begun === undefined || theirs === undefined) return;
        expect(mergeFork({ begun, theirs, mine: begun })).toBe(theirs);
      }),
      runCount(100),
    );
  });
});
