import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { createProfile } from "#operations/create-profile.ts";

/** `profile add <PROFILE>` */
export const addProfile: RunCommand = async (invocation, { author, deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const created = await createProfile(await deps(), author, { profileId: profileId.value });
  if (!created.ok) return describeRefusal(created.error);
  const id = profileId.value;
  if (created.value.kind === "already-exists") {
    return done(`Profile ${id} already exists.\n`, { profile: id, created: false });
  }
  return done(`Created profile ${id}\n`, { profile: id, created: true, revision: created.value.revision });
};
