import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { removeProfile } from "#operations/remove-profile.ts";

/** `profile remove <PROFILE> [--no-check]` */
export const removeProfileCommand: RunCommand = async (invocation, { author, deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const removed = await removeProfile(await deps(), author, {
    profileId: profileId.value,
    ...(invocation.options.noCheck === true ? { evenInUse: true } : {}),
  });
  if (!removed.ok) return describeRefusal(removed.error);
  return done(`Deleted profile ${profileId.value}\n`, {
    profile: profileId.value,
    removed: true,
    revision: removed.value.revision,
  });
};
