import type { CombineMode, CombineModes } from "#policy/edit/combine-rules.ts";
import type { Issue } from "#policy/issue.ts";
import type { ProfileRules } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";

/** What the parser said of a text; `rules` only when there is no issue. */
export type ParsedSource = { readonly rules?: ProfileRules; readonly id?: string; readonly issues: readonly Issue[] };

export type ParseState = { readonly kind: "parsing" } | ({ readonly kind: "parsed" } & ParsedSource);

/** One source of rules on its way into one profile. */
export type ImportFile = {
  readonly key: number;
  readonly name: string;
  readonly text: string;
  readonly parse: ParseState;
  /** What a person chose; absent means `targetOf` decides, or asks. */
  readonly chosen?: ProfileId;
  readonly modes: CombineModes;
};

/** A file that was not read at all. */
export type RefusedFile = { readonly name: string; readonly foundBytes: number; readonly maxBytes: number };

export type ImportStep = "source" | "problems" | "effect" | "apply";

export const IMPORT_STEPS: readonly ImportStep[] = ["source", "problems", "effect", "apply"];

/** All a person entered; it outlives the dialog being closed with Esc. */
export type ImportState = {
  readonly step: ImportStep;
  /** The profile whose card or menu opened the dialog. */
  readonly openedFor?: ProfileId;
  readonly files: readonly ImportFile[];
  readonly selectedKey?: number;
  readonly refused: readonly RefusedFile[];
  readonly pasted: string;
  readonly note: string;
};

export type ImportAction =
  | { readonly kind: "opened"; readonly openedFor?: ProfileId }
  | { readonly kind: "added"; readonly files: readonly { readonly name: string; readonly text: string }[] }
  | { readonly kind: "refused"; readonly files: readonly RefusedFile[] }
  | { readonly kind: "removed"; readonly key: number }
  | { readonly kind: "selected"; readonly key: number }
  | { readonly kind: "typed"; readonly key: number; readonly text: string }
  | { readonly kind: "parsed"; readonly key: number; readonly text: string; readonly result: ParsedSource }
  | { readonly kind: "target-chosen"; readonly key: number; readonly target: ProfileId }
  | { readonly kind: "mode-chosen"; readonly key: number; readonly direction: Direction; readonly mode: CombineMode }
  | { readonly kind: "pasting"; readonly text: string }
  | { readonly kind: "noted"; readonly text: string }
  | { readonly kind: "went"; readonly step: ImportStep }
  | { readonly kind: "emptied" };

export const EMPTY_IMPORT: ImportState = { step: "source", files: [], refused: [], pasted: "", note: "" };

/** What `rule update` does: the file says all there is. */
const REPLACE_BOTH: CombineModes = { inbound: "replace", outbound: "replace" };

/** The next state of the dialog. */
export function importReducer(state: ImportState, action: ImportAction): ImportState {
  switch (action.kind) {
    case "opened":
      return reopened(state, action.openedFor);
    case "added":
      return withFiles(state, action.files);
    case "refused":
      return { ...state, refused: action.files };
    case "removed":
      return withoutFile(state, action.key);
    case "selected":
      return { ...state, selectedKey: action.key };
    case "typed":
      return changeFile(state, action.key, (file) => ({ ...file, text: action.text, parse: { kind: "parsing" } }));
    case "parsed":
      return changeFile(state, action.key, (file) =>
        // An answer about an older text must not pass for one about this text.
        file.text === action.text ? { ...file, parse: { kind: "parsed", ...action.result } } : file,
      );
    case "target-chosen":
      return changeFile(state, action.key, (file) => ({ ...file, chosen: action.target }));
    case "mode-chosen":
      return changeFile(state, action.key, (file) => ({
        ...file,
        modes: { ...file.modes, [action.direction]: action.mode },
      }));
    case "pasting":
      return { ...state, pasted: action.text };
    case "noted":
      return { ...state, note: action.text };
    case "went":
      return { ...state, step: action.step };
    case "emptied":
      return EMPTY_IMPORT;
  }
}

/** The profile a file goes into, or `undefined` while a person has to say. An id that differs is never taken silently. */
export function targetOf(file: ImportFile, openedFor: ProfileId | undefined): ProfileId | undefined {
  if (file.chosen !== undefined) return file.chosen;
  const id = idOf(file);
  if (openedFor === undefined) return id;
  return id === undefined || id === openedFor ? openedFor : undefined;
}

/** The id the file names, when it is one. */
export function idOf(file: ImportFile): ProfileId | undefined {
  if (file.parse.kind !== "parsed" || file.parse.id === undefined) return undefined;
  const id = parseProfileId(file.parse.id);
  return id.ok ? id.value : undefined;
}

/** The first step that has something left to settle. */
export function firstOpenStep(state: ImportState): ImportStep {
  if (state.files.length === 0) return "source";
  return state.files.every((file) => isSettled(file, state.openedFor)) ? "effect" : "problems";
}

/** Parsed, without a problem, and its profile is known. */
export function isSettled(file: ImportFile, openedFor: ProfileId | undefined): boolean {
  const { parse } = file;
  return parse.kind === "parsed" && parse.rules !== undefined && targetOf(file, openedFor) !== undefined;
}

/** Opening for another profile starts over; opening again for the same one finds everything as it was left. */
function reopened(state: ImportState, openedFor: ProfileId | undefined): ImportState {
  const isSame = state.openedFor === openedFor || (openedFor === undefined && state.files.length > 0);
  if (isSame) return state;
  return openedFor === undefined ? EMPTY_IMPORT : { ...EMPTY_IMPORT, openedFor };
}

function withFiles(
  state: ImportState,
  added: readonly { readonly name: string; readonly text: string }[],
): ImportState {
  const nextKey = Math.max(0, ...state.files.map(({ key }) => key)) + 1;
  const files = added.map(
    ({ name, text }, index): ImportFile => ({
      key: nextKey + index,
      name,
      text,
      parse: { kind: "parsing" },
      modes: REPLACE_BOTH,
    }),
  );
  const [first] = files;
  return first === undefined
    ? state
    : { ...state, step: "problems", files: [...state.files, ...files], selectedKey: first.key };
}

function withoutFile(state: ImportState, key: number): ImportState {
  const files = state.files.filter((file) => file.key !== key);
  const { selectedKey: _, ...rest } = state;
  const [first] = files;
  return first === undefined ? { ...rest, files, step: "source" } : { ...rest, files, selectedKey: first.key };
}

function changeFile(state: ImportState, key: number, change: (file: ImportFile) => ImportFile): ImportState {
  return { ...state, files: state.files.map((file) => (file.key === key ? change(file) : file)) };
}
