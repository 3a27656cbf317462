import { numberOption } from "#cli/argv/number-option.ts";
import { ruleToFind } from "#cli/argv/rule-words.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { Invocation, RunCommand } from "#cli/command.ts";
import { type CommandResult, done, refused } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { editProfile } from "#operations/edit-profile.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { ok, type Result } from "#prelude/result.ts";

/** `profile <PROFILE> rule remove inbound|outbound (--at=N | <rule words>)`; prints nothing when it did. */
export const removeRule: RunCommand = async (invocation, { author, deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const edit = removal(invocation);
  if (!edit.ok) return edit.error;
  const edited = await editProfile(await deps(), author, { profileId: profileId.value, edits: [edit.value] });
  if (edited.ok) return done("", { profile: profileId.value, changed: true, revision: edited.value.revision });
  if (edited.error.kind === "edit-refused" && edited.error.error.kind === "position-out-of-range") {
    const { ruleCount } = edited.error.error;
    return refused(edited.error.error, [`Rule position out-of-range. The list has ${ruleCount} rules.`]);
  }
  return describeRefusal(edited.error);
};

function removal({ words, options }: Invocation): Result<ProfileEdit, CommandResult> {
  const direction = words["inbound|outbound"]?.[0] === "inbound" ? "inbound" : "outbound";
  const at = numberOption("--at", options.at);
  const ruleWords = words.RULE ?? [];
  if ((at === undefined) === (ruleWords.length === 0)) {
    throw new UsageError("give either --at=N or the words of a rule");
  }
  if (at !== undefined) return ok({ kind: "remove-rule", direction, at });
  const rule = ruleToFind(ruleWords);
  return rule.ok ? ok({ kind: "remove-equal", direction, rule: rule.value }) : rule;
}
