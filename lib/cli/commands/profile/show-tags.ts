import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeInvalidLeaf } from "#cli/print/describe-invalid-leaf.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { getProfile } from "#operations/get-profile.ts";

/** `profile <PROFILE> tag show`: one a line, in the order they were added. */
export const showTags: RunCommand = async (invocation, { deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const found = await getProfile(await deps(), profileId.value);
  if (!found.ok) return describeRefusal(found.error);
  const { tags } = found.value.profile;
  if (tags.kind === "invalid") {
    return done(`${tags.text}\n`, { profile: profileId.value, invalid: tags }, describeInvalidLeaf("tags", tags));
  }
  const names = tags.kind === "valid" ? tags.value : [];
  return done(names.map((tag) => `${tag}\n`).join(""), { profile: profileId.value, tags: names });
};
