import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeInvalidLeaf } from "#cli/print/describe-invalid-leaf.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { getProfile } from "#operations/get-profile.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";

/** `profile <PROFILE> rule json`: what `rule update` takes back, then an empty line as ever. */
export const printRulesJson: RunCommand = async (invocation, { deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const found = await getProfile(await deps(), profileId.value);
  if (!found.ok) return describeRefusal(found.error);
  const { rules } = found.value.profile;
  if (rules.kind === "missing") {
    return refused({ kind: "rules-missing" }, [`Profile ${profileId.value} has no stored rules.`]);
  }
  if (rules.kind === "valid") {
    const text = formatRulesJson(profileId.value, rules.value);
    return done(`${text.trimEnd()}\n\n`, JSON.parse(text));
  }
  return { ...refused({ kind: "stored-invalid" }, describeInvalidLeaf("rules", rules)), text: `${rules.text}\n` };
};
