import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseTag } from "#policy/tag.ts";

/** `profile <PROFILE> tag add|remove <TAG>`; adding a tag that is held says the same and changes nothing. */
export const editTag: RunCommand = async (invocation, { author, deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const tag = parseTag(invocation.words.TAG?.[0]);
  if (!tag.ok) return refused(tag.error, [describeIssue(tag.error)]);
  const isAdding = invocation.words["add|remove"]?.[0] === "add";
  const edited = await editProfile(await deps(), author, {
    profileId: profileId.value,
    edits: [{ kind: isAdding ? "add-tag" : "remove-tag", tag: tag.value }],
  });
  const text = `Tag ${tag.value} ${isAdding ? "added to" : "removed from"} profile ${profileId.value}\n`;
  const json = { profile: profileId.value, tag: tag.value };
  if (edited.ok) return done(text, { ...json, changed: true, revision: edited.value.revision });
  const isHeld = edited.error.kind === "edit-refused" && edited.error.error.kind === "tag-already-held";
  return isHeld ? done(text, { ...json, changed: false }) : describeRefusal(edited.error);
};
