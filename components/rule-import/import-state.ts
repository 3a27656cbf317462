import type { CombineMode, CombineModes } from "#policy/edit/combine-rules.ts";
import type { Issue } from "#policy/issue.ts";
import type { ImportShape, LeftOut } from "#policy/json/parse-import-json.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import type { SeenVersion } from "#web/queries/profile-versions.ts";
import type { ImportWarning } from "./problems/import-warning.ts";

/** What a file says of one profile, counted: the rules themselves stay in the worker that judges them. */
export type PartSummary = {
  readonly id?: ProfileId;
  readonly inbound: number;
  readonly outbound: number;
  readonly tags?: readonly Tag[];
};

/** What the parser said of a text. */
export type ParsedSource = {
  readonly shape: ImportShape;
  /** Absent while there is any issue. */
  readonly parts?: readonly PartSummary[];
  readonly leftOut?: LeftOut;
  /** What one rules object calls itself, also while it has issues. */
  readonly id?: ProfileId;
  /** The first of them, in the order of the text. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  readonly warnings: readonly ImportWarning[];
};

/** `isFirst` until a person types: such a text can be put down again without losing anything. */
export type ParseState =
  | { readonly kind: "parsing"; readonly isFirst: boolean }
  | ({ readonly kind: "parsed" } & ParsedSource);

/** What a person decided about one profile of a file. */
export type PartChoice = {
  /** Absent means that the file's id decides, or that it is asked. */
  readonly target?: ProfileId;
  readonly modes: CombineModes;
  /** Names of changes that are not wanted. */
  readonly declined: Readonly<Record<Direction, readonly string[]>>;
  readonly isLeftOut: boolean;
};

/** One source on its way into one or several profiles. */
export type ImportFile = {
  readonly key: number;
  readonly name: string;
  readonly text: string;
  readonly parse: ParseState;
  /** For a file of several profiles that was opened for one of them. */
  readonly scope?: "opened" | "all";
  readonly takesTags: boolean;
  readonly choices: Readonly<Record<number, PartChoice>>;
};

/** A file that was not read at all. */
export type RefusedFile =
  | { readonly reason: "too-large"; readonly name: string; readonly foundBytes: number; readonly maxBytes: number }
  | { readonly reason: "not-text"; readonly name: string };

export type ImportStep = "source" | "problems" | "effect" | "apply";

export const IMPORT_STEPS: readonly ImportStep[] = ["source", "problems", "effect", "apply"];

export type PartPlace = { readonly key: number; readonly part: number };

/** The versions of the profiles whose effect a person looked at. */
export type SeenVersions = ReadonlyMap<ProfileId, SeenVersion>;

/** All a person entered; it outlives the dialog being closed with Esc. */
export type ImportState = {
  readonly step: ImportStep;
  /** The profile whose card or menu opened the dialog. */
  readonly openedFor?: ProfileId;
  readonly files: readonly ImportFile[];
  readonly selected?: PartPlace;
  readonly refused: readonly RefusedFile[];
  readonly pasted: string;
  readonly note: string;
  readonly seen: SeenVersions;
};

export type ImportAction =
  | { readonly kind: "opened"; readonly openedFor?: ProfileId }
  | { readonly kind: "added"; readonly files: readonly { readonly name: string; readonly text: string }[] }
  | { readonly kind: "refused"; readonly files: readonly RefusedFile[] }
  | { readonly kind: "removed"; readonly key: number }
  | { readonly kind: "selected"; readonly place: PartPlace }
  | { readonly kind: "typed"; readonly key: number; readonly text: string }
  | { readonly kind: "parsed"; readonly key: number; readonly text: string; readonly result: ParsedSource }
  | { readonly kind: "scope-chosen"; readonly key: number; readonly scope: "opened" | "all" }
  | { readonly kind: "tags-chosen"; readonly key: number; readonly takesTags: boolean }
  | { readonly kind: "chosen"; readonly place: PartPlace; readonly choice: Partial<PartChoice> }
  | {
      readonly kind: "mode-chosen";
      readonly place: PartPlace;
      readonly direction: Direction;
      readonly mode: CombineMode;
    }
  | {
      readonly kind: "declined";
      readonly place: PartPlace;
      readonly direction: Direction;
      readonly names: readonly string[];
      readonly isDeclined: boolean;
    }
  | { readonly kind: "pasting"; readonly text: string }
  | { readonly kind: "noted"; readonly text: string }
  | { readonly kind: "saw"; readonly versions: SeenVersions }
  | { readonly kind: "went"; readonly step: ImportStep }
  /** What was kept, in place of nothing. */
  | { readonly kind: "restored"; readonly kept: ImportState }
  | { readonly kind: "emptied" };

export const EMPTY_IMPORT: ImportState = {
  step: "source",
  files: [],
  refused: [],
  pasted: "",
  note: "",
  seen: new Map(),
};

/** What `rule update` does: the file says all there is. */
const UNTOUCHED: PartChoice = {
  modes: { inbound: "replace", outbound: "replace" },
  declined: { inbound: [], outbound: [] },
  isLeftOut: false,
};

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
      return { ...state, selected: action.place };
    case "pasting":
      return { ...state, pasted: action.text };
    case "noted":
      return { ...state, note: action.text };
    case "saw":
      return { ...state, seen: action.versions };
    case "went":
      return { ...state, step: action.step };
    case "restored":
      // Whoever was quicker than the browser's store has begun anew.
      return state.files.length > 0 || state.pasted !== "" ? state : action.kept;
    case "emptied":
      return EMPTY_IMPORT;
    default:
      return { ...state, files: state.files.map((file) => changedFile(file, action)) };
  }
}

/** What was decided about a profile of a file, or what holds while nothing was. */
export function choiceOf({ choices }: ImportFile, part: number): PartChoice {
  return choices[part] ?? UNTOUCHED;
}

type FileAction = Extract<
  ImportAction,
  { readonly kind: "typed" | "parsed" | "scope-chosen" | "tags-chosen" | "chosen" | "mode-chosen" | "declined" }
>;

function changedFile(file: ImportFile, action: FileAction): ImportFile {
  if (("place" in action ? action.place.key : action.key) !== file.key) return file;
  switch (action.kind) {
    case "typed":
      return { ...file, text: action.text, parse: { kind: "parsing", isFirst: false } };
    case "parsed":
      // An answer about an older text must not pass for one about this text.
      return file.text === action.text ? { ...file, parse: { kind: "parsed", ...action.result } } : file;
    case "scope-chosen":
      return { ...file, scope: action.scope };
    case "tags-chosen":
      return { ...file, takesTags: action.takesTags };
    case "chosen":
      return withChoice(file, action.place.part, action.choice);
    case "mode-chosen": {
      const { modes } = choiceOf(file, action.place.part);
      return withChoice(file, action.place.part, { modes: { ...modes, [action.direction]: action.mode } });
    }
    case "declined": {
      const { declined } = choiceOf(file, action.place.part);
      const others = declined[action.direction].filter((name) => !action.names.includes(name));
      const names = action.isDeclined ? [...others, ...action.names] : others;
      return withChoice(file, action.place.part, { declined: { ...declined, [action.direction]: names } });
    }
  }
}

function withChoice(file: ImportFile, part: number, change: Partial<PartChoice>): ImportFile {
  return { ...file, choices: { ...file.choices, [part]: { ...choiceOf(file, part), ...change } } };
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
      parse: { kind: "parsing", isFirst: true },
      takesTags: false,
      choices: {},
    }),
  );
  const [first] = files;
  if (first === undefined) return state;
  return { ...state, step: "problems", files: [...state.files, ...files], selected: { key: first.key, part: 0 } };
}

function withoutFile(state: ImportState, key: number): ImportState {
  const files = state.files.filter((file) => file.key !== key);
  const { selected: _, ...rest } = state;
  const [first] = files;
  return first === undefined
    ? { ...rest, files, step: "source" }
    : { ...rest, files, selected: { key: first.key, part: 0 } };
}
