import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { formatTable } from "#cli/print/format-table.ts";
import { listProfiles, type ProfileWithMembers } from "#operations/list-profiles.ts";
import type { EndpointEntry } from "#policy/endpoint.ts";

const HEADINGS = ["Name", "Host", "Orchestrator ID", "Workload ID", "Endpoint ID", "State"];

/** `profile show [--detailed]` */
export const showProfiles: RunCommand = async ({ options }, { deps }) => {
  const profiles = await listProfiles(await deps());
  const json = { profiles: profiles.map(toJson) };
  if (options.detailed !== true) {
    return done(
      formatTable(
        ["Name"],
        profiles.map(({ profile }) => [profile.id]),
      ),
      json,
    );
  }
  return done(formatTable(HEADINGS, profiles.flatMap(detailedRows)), json);
};

function detailedRows({ profile, members }: ProfileWithMembers): readonly (readonly string[])[] {
  if (members.length === 0) return [[profile.id, "None", "None", "None", "None", "None"]];
  return members.map(({ key, value }) => [
    profile.id,
    key.host,
    key.orchestrator,
    key.workload,
    key.endpoint,
    stateOf(value),
  ]);
}

function toJson({ profile, members }: ProfileWithMembers) {
  return {
    id: profile.id,
    tags: profile.tags.kind,
    rules: profile.rules.kind,
    endpoints: members.map(({ key, value }) => ({ ...key, state: stateOf(value) })),
  };
}

function stateOf(value: EndpointEntry["value"]): string {
  return value.kind === "valid" ? value.value.state : value.kind;
}
