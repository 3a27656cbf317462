import { describeBrokenIntents } from "#analysis/intents/describe-intent.ts";
import { type CommandResult, refused } from "#cli/command-result.ts";
import { exitCode } from "#cli/exit-code.ts";
import type { EditProfilesRefusal } from "#operations/edit-profiles.ts";
import type { ProfileInUse } from "#operations/remove-profile.ts";
import type { WriteRefusal } from "#operations/transaction/commit-change.ts";
import { describeEditError } from "#policy/edit/describe-edit.ts";
import type { EditError } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { CommitRefusal } from "#store/policy-store.ts";

type Refusal = EditProfilesRefusal | ProfileInUse | WriteRefusal;

/** The classic words and the exit code for an operation that changed nothing. */
export function describeRefusal(refusal: Refusal): CommandResult {
  switch (refusal.kind) {
    case "not-found":
      return refused(refusal, [`Profile ${refusal.profileId} not found.`]);
    case "in-use":
      return refused(refusal, [
        "Cannot remove profile - profile in use by endpoint(s).",
        "Use the '--no-check' flag to remove the profile anyway.",
      ]);
    case "edit-refused":
      return refused({ ...refusal, ...refusal.error }, [describeEdit(refusal.error, refusal.profileId)]);
    case "conflict":
      return refused(
        { kind: "conflict" },
        ["Others keep changing this; nothing was written. Try again."],
        exitCode.conflict,
      );
    case "breaks-intents":
      return refused(
        refusal,
        describeBrokenIntents(refusal.intents).map((line) => `Not written: this breaks an intent. ${line}`),
      );
    case "too-large":
      return refused(refusal, [tooLarge(refusal)]);
    default:
      return assertNever(refusal);
  }
}

/** The tool of 2015 worded these; scripts look for them. */
function describeEdit(error: EditError, profileId: ProfileId): string {
  if (error.kind === "rule-not-found") return "Rule not found.";
  if (error.kind === "tag-not-held") return `Tag ${error.tag} is not on profile ${profileId}`;
  return describeEditError(error);
}

function tooLarge({
  operations,
  maxOperations,
  bytes,
  maxBytes,
}: Extract<CommitRefusal, { kind: "too-large" }>): string {
  return (
    `This change needs ${operations} operations and ${bytes} bytes in one transaction; etcd takes ` +
    `${maxOperations} and ${maxBytes}. Nothing was written. Raise etcd's --max-txn-ops and --max-request-bytes.`
  );
}
