import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { formatIssueLocation } from "#policy/describe-issue.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";

/** Far beyond what one etcd value holds; a larger input is not even kept in memory. */
const MAX_INPUT_BYTES = 8 * 1024 * 1024;
const INPUT_NAME = "<stdin>";

/** `profile <PROFILE> rule update`: replaces both lists by the JSON on standard input, or says everything wrong in it. */
export const updateRules: RunCommand = async (invocation, { io, author, deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const input = await io.readInput(MAX_INPUT_BYTES);
  if (input === undefined) {
    return refused({ kind: "too-large" }, [`${INPUT_NAME}:1:1 the rules are larger than ${MAX_INPUT_BYTES} bytes`]);
  }
  const { rules, issues } = parseRulesJson(input, { profile: profileId.value, maxBytes: MAX_INPUT_BYTES });
  if (rules === undefined) {
    const lines = issues.map((issue) => formatIssueLocation(issue, INPUT_NAME));
    return { ...refused({ kind: "invalid-rules" }, lines), json: { error: { kind: "invalid-rules", issues } } };
  }
  const edited = await editProfile(await deps(), author, {
    profileId: profileId.value,
    edits: [{ kind: "replace-rules", inbound: rules.inbound, outbound: rules.outbound }],
  });
  if (!edited.ok) return describeRefusal(edited.error);
  return done(`Successfully updated rules on profile ${profileId.value}\n`, {
    profile: profileId.value,
    revision: edited.value.revision,
  });
};
