import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { profileArgument } from "#cli/commands/profile/profile-argument.ts";
import { describeInvalidLeaf } from "#cli/print/describe-invalid-leaf.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { formatRuleLists } from "#cli/print/format-rule-lists.ts";
import { readInvalidRules } from "#cli/print/read-invalid-rules.ts";
import { getProfile } from "#operations/get-profile.ts";

/** `profile <PROFILE> rule show`; what is stored but invalid is printed too, its reasons go to standard error. */
export const showRules: RunCommand = async (invocation, { deps }) => {
  const profileId = profileArgument(invocation);
  if (!profileId.ok) return profileId.error;
  const found = await getProfile(await deps(), profileId.value);
  if (!found.ok) return describeRefusal(found.error);
  const { rules } = found.value.profile;
  switch (rules.kind) {
    case "valid":
      return done(formatRuleLists(rules.value), {
        profile: profileId.value,
        inbound_rules: rules.value.inbound,
        outbound_rules: rules.value.outbound,
      });
    case "missing":
      return done(
        formatRuleLists({ inbound: [], outbound: [] }),
        { profile: profileId.value, missing: true, inbound_rules: [], outbound_rules: [] },
        ["The profile has no stored rules, so what reaches it is dropped."],
      );
    case "invalid":
      return done(
        formatRuleLists(readInvalidRules(rules.text)),
        { profile: profileId.value, invalid: rules },
        describeInvalidLeaf("rules", rules),
      );
  }
};
