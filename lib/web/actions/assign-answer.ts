import type { AssignedProfiles, AssignProfilesRefusal } from "#operations/assign-profiles.ts";
import type { Result } from "#prelude/result.ts";
import type { ActionFailure } from "./answers.ts";

/** Why an assignment wrote nothing; after `unavailable` that is not known. */
export type AssignRefusal = AssignProfilesRefusal | ActionFailure;

export type AssignProfilesAnswer = Result<AssignedProfiles, AssignRefusal>;
