import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { isEmptySidecar } from "#policy/sidecar/sidecar.ts";
import { formatSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { arbitraryProfile, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { arbitraryBesideEdit, arbitraryEdit } from "#testing/arbitrary-edit.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";
import type { Draft, DraftStep } from "../draft.ts";
import { afterSave } from "./after-save.ts";
import { MAX_STEPS, redoStep, undoAll, undoStep, withStep } from "./draft-history.ts";
import { formatDraft, parseDraft } from "./draft-text.ts";

const VERSION = { tags: 7, rules: 8, sidecar: 0 };
const arbitraryStep: fc.Arbitrary<DraftStep> = fc.record(
  {
    edits: fc.array(fc.oneof(arbitraryEdit(), arbitraryBesideEdit()), { minLength: 1, maxLength: 3 }),
    series: fc.constantFrom("port", "json"),
  },
  { requiredKeys: ["edits"] },
);
const steps = fc.array(arbitraryStep, { maxLength: 12 });

/** What is stored of it: nothing beside the rules is no value at all. */
function bytes({ tags, rules, sidecar }: Profile): string {
  const beside = sidecar?.kind === "valid" && !isEmptySidecar(sidecar.value) ? formatSidecarValue(sidecar.value) : null;
  return JSON.stringify([tags, rules.kind === "valid" ? formatRulesValue(rules.value) : rules, beside]);
}

/** Every state from the first on; steps that are refused make none. */
function statesOf(profile: Profile, wanted: readonly DraftStep[]): readonly (Draft | undefined)[] {
  const states: (Draft | undefined)[] = [undefined];
  for (const step of wanted) {
    const next = withStep(states.at(-1), { profile, version: VERSION }, step);
    if (next.ok) states.push(next.value);
  }
  return states;
}

describe("undo and redo", PROPERTY_TIMEOUT, () => {
  it("undo after any steps restores the bytes of the state before each, and redo those after", () => {
    fc.assert(
      fc.property(arbitraryProfile(), steps, (profile, wanted) => {
        const last = statesOf(
          profile,
          wanted.map(({ edits }) => ({ edits })),
        ).at(-1);
        if (last === undefined) return;
        const before = [bytes(last.profile)];
        let draft = last;
        for (; draft.steps.length > 0; before.push(bytes(draft.profile))) draft = undoStep(draft);
        expect(before.at(-1)).toBe(bytes(profile));
        expect(draft.edits).toEqual([]);
        expect(undoStep(draft)).toBe(draft);
        for (const state of before.toReversed().slice(1)) {
          draft = redoStep(draft);
          expect(bytes(draft.profile)).toBe(state);
        }
        expect(redoStep(draft)).toBe(draft);
        expect(draft.edits).toEqual(last.edits);
      }),
      runCount(60),
    );
  });

  it("steps of one series that follow each other are taken back together", () => {
    fc.assert(
      fc.property(arbitraryProfile(), steps, (profile, wanted) => {
        const states = statesOf(profile, wanted);
        for (const [index, draft] of states.entries()) {
          if (draft === undefined) continue;
          const isJoined = draft.steps.length === (states[index - 1]?.steps.length ?? 0);
          const back = isJoined ? undoStep(draft).steps.length : bytes(undoStep(draft).profile);
          const wantedBack = isJoined ? draft.steps.length - 1 : bytes(states[index - 1]?.profile ?? profile);
          expect(back).toEqual(wantedBack);
        }
      }),
      runCount(40),
    );
  });

  it("letters typed into one field are one edit, with the bytes of the last", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.array(arbitraryStrictRule(), { minLength: 1 }), (profile, typed) => {
        if (profile.rules.kind !== "valid" || profile.rules.value.inbound.length === 0) return;
        const edits = typed.map((rule) => ({ kind: "replace-rule", direction: "inbound", at: 1, rule }) as const);
        const letters = statesOf(
          profile,
          edits.map((edit) => ({ edits: [edit], series: "rule" })),
        ).at(-1);
        const [last] = edits.slice(-1);
        expect(letters?.steps).toEqual([{ edits: [last], series: "rule" }]);
        const at = letters?.profile.rules;
        expect(at?.kind === "valid" && at.value.inbound[0]).toEqual(typed.at(-1));
      }),
      runCount(60),
    );
  });

  it("a reload changes nothing: what is read back shows, undoes and redoes the same", () => {
    fc.assert(
      fc.property(arbitraryProfile(), steps, fc.nat(12), (profile, wanted, back) => {
        let draft = statesOf(profile, wanted).at(-1);
        if (draft === undefined) return;
        for (let undone = 0; undone < back; undone += 1) draft = undoStep(draft);
        const read = parseDraft(profile.id, formatDraft(draft));
        expect(read && { ...read, base: undefined }).toEqual({ ...draft, base: undefined });
        expect(read && bytes(undoStep(read).profile)).toBe(bytes(undoStep(draft).profile));
        expect(read && bytes(redoStep(read).profile)).toBe(bytes(redoStep(draft).profile));
      }),
      runCount(50),
    );
  });

  it(`${MAX_STEPS} steps can be taken back; what is older stays in the draft`, () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.nat(20), (profile, surplus) => {
        fc.pre(profile.tags.kind === "valid");
        const toggles = Array.from({ length: MAX_STEPS + surplus }, (_, index): DraftStep => {
          const tag = "TOGGLED" as Extract<DraftStep["edits"][number], { kind: "add-tag" }>["tag"];
          return { edits: [{ kind: index % 2 === 0 ? "add-tag" : "remove-tag", tag }] };
        });
        const draft = statesOf(profile, toggles).at(-1);
        if (draft === undefined) throw new Error("every step can be applied");
        let back = draft;
        for (let undone = 0; undone < MAX_STEPS + surplus; undone += 1) back = undoStep(back);
        expect(draft.steps.length).toBe(MAX_STEPS);
        expect(back.edits.length === 0).toBe(surplus % 2 === 0);
        expect(bytes(undoAll(back).profile)).toBe(bytes(profile));
      }),
      runCount(10),
    );
  });

  it("a discarded draft can be brought again, whole", () => {
    fc.assert(
      fc.property(arbitraryProfile(), steps, (profile, wanted) => {
        const draft = statesOf(profile, wanted).at(-1);
        if (draft === undefined) return;
        let again = undoAll(draft);
        expect([again.edits, bytes(again.profile)]).toEqual([[], bytes(profile)]);
        while (again.undone.length > 0) again = redoStep(again);
        expect(bytes(again.profile)).toBe(bytes(draft.profile));
      }),
      runCount(40),
    );
  });

  it("what was changed while a save was on its way is a draft on what was saved", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.tuple(steps, steps), fc.nat(4), (profile, [first, more], back) => {
        const saved = statesOf(profile, first).at(-1);
        if (saved === undefined) return;
        let now = saved;
        for (let undone = 0; undone < back; undone += 1) now = undoStep(now);
        for (const step of more) {
          const next = withStep(now, saved.base, step);
          if (next.ok) now = next.value;
        }
        const rest = afterSave(saved, now, { profile: saved.profile, version: { tags: 9, rules: 9, sidecar: 9 } });
        expect(bytes(rest?.profile ?? saved.profile)).toBe(bytes(now.profile));
        const applied = rest && applyEdits(saved.profile, rest.edits);
        expect(applied === undefined || (applied.ok && bytes(applied.value) === bytes(now.profile))).toBe(true);
      }),
      runCount(50),
    );
  });
});
