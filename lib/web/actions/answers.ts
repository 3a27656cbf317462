import type { EditProfilesRefusal } from "#operations/edit-profiles.ts";
import type { ProfileNotFound } from "#operations/get-profile.ts";
import type { ProfileInUse } from "#operations/remove-profile.ts";
import type { WriteRefusal } from "#operations/transaction/commit-change.ts";
import type { Issue } from "#policy/issue.ts";
import type { Profile } from "#policy/profile.ts";
import type { Result } from "#prelude/result.ts";

/** What any action may answer beside its own refusals. After `unavailable` it is not known whether the write took effect. */
export type ActionFailure =
  | { readonly kind: "unavailable"; readonly detail: string }
  | { readonly kind: "invalid-request"; readonly issues: readonly Issue[] };

/** The facts of a refusal; components/refusal/describe-refusal.ts words them. */
export type Refusal = ActionFailure | EditProfilesRefusal | ProfileNotFound | ProfileInUse | WriteRefusal;

export type EditProfileAnswer = Result<
  { readonly revision: number; readonly profile: Profile },
  EditProfilesRefusal | ActionFailure
>;

export type EditProfilesAnswer = Result<
  { readonly revision: number; readonly profiles: readonly Profile[] },
  EditProfilesRefusal | ActionFailure
>;

export type CreateProfileAnswer = Result<
  { readonly kind: "created" | "already-exists"; readonly profile: Profile },
  WriteRefusal | ActionFailure
>;

export type RemoveProfileAnswer = Result<
  { readonly revision: number },
  ProfileNotFound | ProfileInUse | WriteRefusal | ActionFailure
>;

export type LoadExampleAnswer = Result<{ readonly count: number }, WriteRefusal | ActionFailure>;

export type ChangeIntentAnswer = Result<{ readonly revision: number }, WriteRefusal | ActionFailure>;
