import { describe, expect, it } from "vitest";
import type { ProfileId } from "#policy/profile-id.ts";
import {
  EMPTY_IMPORT,
  firstOpenStep,
  type ImportAction,
  type ImportState,
  importReducer,
  type ParsedSource,
  targetOf,
} from "./import-state.ts";

const APP = "APP" as ProfileId;
const WEB = "WEB" as ProfileId;

const stateAfter = (...actions: readonly ImportAction[]): ImportState => actions.reduce(importReducer, EMPTY_IMPORT);
const added: ImportAction = { kind: "added", files: [{ name: "APP-rules.json", text: "{}" }] };
const parsed = (result: Partial<ParsedSource>, text = "{}"): ImportAction => ({
  kind: "parsed",
  key: 1,
  text,
  result: { issues: [], rules: { inbound: [], outbound: [] }, ...result },
});
const target = (state: ImportState) => state.files.map((file) => targetOf(file, state.openedFor));

describe("where a file goes", () => {
  it("is the id in the file when the dialog was opened for no profile", () => {
    expect(target(stateAfter(added, parsed({ id: "APP" })))).toEqual([APP]);
  });

  it("is the profile the dialog was opened for when the file names none, or the same", () => {
    const opened: ImportAction = { kind: "opened", openedFor: APP };
    expect(target(stateAfter(opened, added, parsed({})))).toEqual([APP]);
    expect(target(stateAfter(opened, added, parsed({ id: "APP" })))).toEqual([APP]);
  });

  it("is asked for when the id in the file differs, and is then what was chosen", () => {
    const differing = [{ kind: "opened", openedFor: WEB } as const, added, parsed({ id: "APP" })];
    expect(target(stateAfter(...differing))).toEqual([undefined]);
    expect(firstOpenStep(stateAfter(...differing))).toBe("problems");
    const chosen: ImportAction = { kind: "target-chosen", key: 1, target: WEB };
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
    const state = stateAfter(added, { kind: "mode-chosen", key: 1, direction: "outbound", mode: "keep" });
    expect(state.files.map(({ modes }) => modes)).toEqual([{ inbound: "replace", outbound: "keep" }]);
  });
});

describe("a late answer of the parser", () => {
  it("about an older text is dropped", () => {
    const state = stateAfter(added, { kind: "typed", key: 1, text: "{ }" }, parsed({ id: "APP" }, "{}"));
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
    const two = stateAfter(added, added, parsed({ id: "APP" }));
    expect(firstOpenStep(two)).toBe("problems");
  });
});
