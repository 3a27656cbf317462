import type { ProfileId } from "#policy/profile-id.ts";
import { choiceOf, type ImportFile, type ImportStep, type PartChoice, type PartSummary } from "./import-state.ts";

/** One profile of one file, and where it goes. */
export type PlannedPart = {
  readonly file: ImportFile;
  /** Its place in the file, from 0. */
  readonly part: number;
  readonly summary: PartSummary;
  readonly choice: PartChoice;
  /** Absent while a person has to say. */
  readonly target: ProfileId | undefined;
};

type Opened = ProfileId | undefined;

type Entered = { readonly files: readonly ImportFile[]; readonly openedFor?: Opened };

/** Every profile of a file that was read without a problem, also those that are left out. */
export function partsOf(file: ImportFile, openedFor: Opened): readonly PlannedPart[] {
  const parts = file.parse.kind === "parsed" ? (file.parse.parts ?? []) : [];
  return parts.map((summary, part) => {
    const choice = choiceOf(file, part);
    const isOutside = parts.length > 1 && file.scope === "opened" && summary.id !== openedFor;
    return {
      file,
      part,
      summary,
      choice: isOutside ? { ...choice, isLeftOut: true } : choice,
      target: choice.target ?? (parts.length > 1 ? summary.id : targetOf(summary, openedFor)),
    };
  });
}

/** What the import would write into, in the order of the files. */
export function plannedParts({ files, openedFor }: Entered): readonly PlannedPart[] {
  return files.flatMap((file) => partsOf(file, openedFor)).filter(({ choice }) => !choice.isLeftOut);
}

/** A file of several profiles, opened for one of them: which of them are meant is asked. */
export function isScopeAsked(file: ImportFile, openedFor: Opened): boolean {
  if (openedFor === undefined || file.scope !== undefined || file.parse.kind !== "parsed") return false;
  return (file.parse.parts?.length ?? 0) > 1;
}

/** Profiles that more than one part would go into. */
export function targetsTwice(state: Entered): ReadonlySet<ProfileId> {
  const seen = new Set<ProfileId>();
  const twice = new Set<ProfileId>();
  for (const { target } of plannedParts(state)) {
    if (target === undefined) continue;
    if (seen.has(target)) twice.add(target);
    seen.add(target);
  }
  return twice;
}

/** The first step that has something left to settle. */
export function firstOpenStep(state: Entered): ImportStep {
  if (state.files.length === 0) return "source";
  const isSettled = state.files.every((file) => isFileSettled(file, state.openedFor));
  return isSettled && plannedParts(state).length > 0 && targetsTwice(state).size === 0 ? "effect" : "problems";
}

/** Parsed, without a problem, and every profile of it knows where it goes. */
export function isFileSettled(file: ImportFile, openedFor: Opened): boolean {
  if (file.parse.kind !== "parsed" || file.parse.parts === undefined || isScopeAsked(file, openedFor)) return false;
  return partsOf(file, openedFor).every(({ choice, target }) => choice.isLeftOut || target !== undefined);
}

/** An id that differs from the profile one came from is never taken silently. */
function targetOf({ id }: PartSummary, openedFor: Opened): ProfileId | undefined {
  if (openedFor === undefined) return id;
  return id === undefined || id === openedFor ? openedFor : undefined;
}
