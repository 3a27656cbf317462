import { UsageError } from "#cli/argv/usage-error.ts";
import type { Invocation, RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { describeEndpointRefusal } from "#cli/print/describe-endpoint-refusal.ts";
import { type AssignProfilesRequest, assignProfiles } from "#operations/assign-profiles.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";

const DID = { append: "appended to", remove: "removed from", set: "set on" } as const;

/** `endpoint <ENDPOINT> profile append|remove|set [<PROFILES>...]` */
export const assignEndpointProfiles: RunCommand = async (invocation, { author, deps }) => {
  const how = howTo(invocation);
  const profileIds: ProfileId[] = [];
  for (const word of invocation.words.PROFILES ?? []) {
    const id = parseProfileId(word);
    if (!id.ok) return refused(id.error, [describeIssue(id.error)]);
    profileIds.push(id.value);
  }
  const name = invocation.words.ENDPOINT?.[0] ?? "";
  const assigned = await assignProfiles(await deps(), author, { name, how, profileIds });
  if (!assigned.ok) return describeEndpointRefusal(assigned.error);
  const { key, alreadyListed, revision } = assigned.value;
  const already = alreadyListed.map((id) => `Profile ${id} is already in endpoint profile list\n`);
  const changed = profileIds.filter((id) => !alreadyListed.includes(id));
  const did =
    how !== "set" && changed.length === 0
      ? []
      : [`${changed.length === 0 ? "No profile" : `Profile(s) ${changed.join(", ")}`} ${DID[how]} endpoint ${name}\n`];
  return done([...already, ...did].join(""), {
    endpoint: formatEndpointKey(key),
    profile_ids: assigned.value.profileIds,
    changed: revision !== undefined,
    ...(revision === undefined ? {} : { revision }),
  });
};

function howTo({ words }: Invocation): AssignProfilesRequest["how"] {
  if (words.set !== undefined) return "set";
  const verb = words["append|remove"]?.[0];
  if (verb === "append" || verb === "remove") return verb;
  throw new UsageError("append, remove or set is expected");
}
