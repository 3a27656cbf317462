import type { Invocation } from "#cli/command.ts";
import { type CommandResult, refused } from "#cli/command-result.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { err, type Result } from "#prelude/result.ts";

/** The profile id that stands for `<PROFILE>`, or the refusal to print. */
export function profileArgument({ words }: Invocation): Result<ProfileId, CommandResult> {
  const id = parseProfileId(words.PROFILE?.[0]);
  return id.ok ? id : err(refused(id.error, [describeIssue(id.error)]));
}
