import { describe, expect, it } from "vitest";
import type { ProfileId } from "#policy/profile-id.ts";
import {
  EMPTY_IMPORT,
  type ImportAction,
  type ImportState,
  importReducer,
  type ParsedSource,
  type PartSummary,
} from "./import-state.ts";
import { firstOpenStep, isScopeAsked, partsOf, plannedParts, targetsTwice } from "./planned-parts.ts";

const APP = "APP" as ProfileId;
const WEB = "WEB" as ProfileId;

const FIRST = { key: 1, part: 0 };

const stateAfter = (...actions: readonly ImportAction[]): ImportState => actions.reduce(importReducer, EMPTY_IMPORT);
const added: ImportAction = { kind: "added", files: [{ name: "APP-rules.json", text: "{}" }] };
const parsed = (part: Partial<PartSummary>, text = "{}"): ImportAction => parsedParts([part], text);
const parsedParts = (parts: readonly Partial<PartSummary>[], text = "{}"): ImportAction => {
  const summaries = parts.map((part) => ({ inbound: 1, outbound: 0, ...part }));
  const result: ParsedSource = { shape: "rules", issues: [], issueCount: 0, warnings: [], parts: summaries };
  return { kind: "parsed", key: 1, text, result };
};
const target = (state: ImportState) =>
  state.files.flatMap((file) => partsOf(file, state.openedFor)).map((part) => part.target);

describe("where a file goes", () => {
  it("is the id in the file when the dialog was opened for no profile", () => {
    expect(target(stateAfter(added, parsed({ id: APP })))).toEqual([APP]);
  });

  it("is the profile the dialog was opened for when the file names none, or the same", () => {
    const opened: ImportAction = { kind: "opened", openedFor: APP };
    expect(target(stateAfter(opened, added, parsed({})))).toEqual([APP]);
    expect(target(stateAfter(opened, added, parsed({ id: APP })))).toEqual([APP]);
  });

  it("is asked for when the id in the file differs, and is then what was chosen", () => {
    const differing = [{ kind: "opened", openedFor: WEB } as const, added, parsed({ id: APP })];
    expect(target(stateAfter(...differing))).toEqual([undefined]);
    expect(firstOpenStep(stateAfter(...differing))).toBe("problems");
    const chosen: ImportAction = { kind: "chosen", place: FIRST, choice: { target: WEB } };
    expect(target(stateAfter(...differing, chosen))).toEqual([WEB]);
    expect(firstOpenStep(stateAfter(...differing, chosen))).toBe("effect");
  });

  it("is asked for when nothing names a profile", () => {
    expect(target(stateAfter(added, parsed({})))).toEqual([undefined]);
  });
});

describe("what was entered", () => {
  it("is still there when the dialog is opened again", () => {
    const left = stateAfter({ kind: "opened", openedFor: APP }, added, { kind: "noted", text: "ticket 7" });
    expect(importReducer(left, { kind: "opened", openedFor: APP })).toBe(left);
    expect(importReducer(left, { kind: "opened" })).toBe(left);
  });

  it("makes room when the dialog is opened for another profile", () => {
    const left = stateAfter({ kind: "opened", openedFor: APP }, added);
    expect(importReducer(left, { kind: "opened", openedFor: WEB })).toEqual({ ...EMPTY_IMPORT, openedFor: WEB });
  });

  it("replaces both directions unless someone chooses otherwise", () => {
    const state = stateAfter(added, parsed({}), {
      ...{ kind: "mode-chosen", place: FIRST, direction: "outbound", mode: "keep" },
    });
    expect(plannedParts(state).map(({ choice }) => choice.modes)).toEqual([{ inbound: "replace", outbound: "keep" }]);
  });
});

describe("a late answer of the parser", () => {
  it("about an older text is dropped", () => {
    const state = stateAfter(added, { kind: "typed", key: 1, text: "{ }" }, parsed({ id: APP }, "{}"));
    expect(state.files.map(({ parse }) => parse.kind)).toEqual(["parsing"]);
  });
});

describe("several files", () => {
  it("keep their own keys, and the dialog goes back to the source when the last one is removed", () => {
    const two = stateAfter(added, added);
    expect(two.files.map(({ key }) => key)).toEqual([1, 2]);
    const none = stateAfter(added, added, { kind: "removed", key: 1 }, { kind: "removed", key: 2 });
    expect(none.step).toBe("source");
  });

  it("go on only when every one of them is settled", () => {
    const two = stateAfter(added, added, parsed({ id: APP }));
    expect(firstOpenStep(two)).toBe("problems");
  });
});

describe("a file of several profiles", () => {
  const both = parsedParts([{ id: APP }, { id: WEB }]);

  it("goes into each by its own id", () => {
    expect(target(stateAfter(added, both))).toEqual([APP, WEB]);
    expect(firstOpenStep(stateAfter(added, both))).toBe("effect");
  });

  it("opened for one of them asks which are meant, and takes only that one when told so", () => {
    const asked = stateAfter({ kind: "opened", openedFor: WEB }, added, both);
    expect(asked.files.map((file) => isScopeAsked(file, WEB))).toEqual([true]);
    expect(firstOpenStep(asked)).toBe("problems");
    const only = importReducer(asked, { kind: "scope-chosen", key: 1, scope: "opened" });
    expect(plannedParts(only).map((part) => part.target)).toEqual([WEB]);
    expect(firstOpenStep(only)).toBe("effect");
  });

  it("does not go on while one profile would be written twice, and does when one is left out", () => {
    const twice = stateAfter(added, parsedParts([{ id: APP }, { id: APP }]));
    expect([...targetsTwice(twice)]).toEqual([APP]);
    expect(firstOpenStep(twice)).toBe("problems");
    const place = { key: 1, part: 1 };
    const once = importReducer(twice, { kind: "chosen", place, choice: { isLeftOut: true } });
    expect(firstOpenStep(once)).toBe("effect");
  });

  it("keeps what was declined of each apart, and takes it back", () => {
    const decline = { kind: "declined", place: FIRST, direction: "inbound", names: ["added x 1"] } as const;
    const state = stateAfter(added, both, { ...decline, isDeclined: true });
    expect(plannedParts(state).map(({ choice }) => choice.declined.inbound)).toEqual([["added x 1"], []]);
    const back = importReducer(state, { ...decline, isDeclined: false });
    expect(plannedParts(back).map(({ choice }) => choice.declined.inbound)).toEqual([[], []]);
  });

  it("is settled only with something left to write", () => {
    const place = (part: number) => ({ kind: "chosen", place: { key: 1, part }, choice: { isLeftOut: true } }) as const;
    expect(firstOpenStep(stateAfter(added, both, place(0), place(1)))).toBe("problems");
  });
});
