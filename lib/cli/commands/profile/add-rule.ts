import { numberOption } from "#cli/argv/number-option.ts";
import { ruleToAdd } from "#cli/argv/rule-words.ts";
import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { editProfile } from "#operations/edit-profile.ts";

/** `profile <PROFILE> rule add inbound|outbound [--at=N] <rule words>`; prints nothing when it did. */
export const addRule: RunCommand = async (invocation, { author, deps }) => {
  const { words, options } = invocation;
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const at = numberOption("--at", options.at);
  const rule = ruleToAdd(words.RULE ?? []);
  if (!rule.ok) return rule.error;
  const direction = words["inbound|outbound"]?.[0] === "inbound" ? "inbound" : "outbound";
  const edited = await editProfile(await deps(), author, {
    profileId: profileId.value,
    edits: [{ kind: "insert-rule", direction, rule: rule.value, ...(at === undefined ? {} : { at }) }],
  });
  const json = { profile: profileId.value, direction, rule: rule.value };
  if (edited.ok) return done("", { ...json, changed: true, revision: edited.value.revision });
  if (edited.error.kind === "edit-refused") {
    const { error } = edited.error;
    if (error.kind === "rule-already-present") {
      return done("Rule already present, skipping.\n", { ...json, changed: false, position: error.position });
    }
    if (error.kind === "position-out-of-range") {
      return refused(error, [`Position ${error.position} is out-of-range. The list has ${error.ruleCount} rules.`]);
    }
  }
  return describeRefusal(edited.error);
};
