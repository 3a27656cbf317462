import type { RenamedTag, RenameTagRefusal } from "#operations/rename-tag.ts";
import type { Result } from "#prelude/result.ts";
import type { ActionFailure } from "./answers.ts";

/** Why a renaming wrote nothing; after `unavailable` that is not known. */
export type RenameRefusal = RenameTagRefusal | ActionFailure;

export type RenameTagAnswer = Result<RenamedTag, RenameRefusal>;
