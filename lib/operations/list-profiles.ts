import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { EndpointEntry } from "#policy/endpoint.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** A profile and the endpoints that name it, in key order. */
export type ProfileWithMembers = { readonly profile: Profile; readonly members: readonly EndpointEntry[] };

/** Every profile, sorted by id. */
export async function listProfiles(deps: Deps): Promise<readonly ProfileWithMembers[]> {
  const snapshot = await loadSnapshot(deps);
  const membersById = membersOfProfiles(snapshot);
  return [...snapshot.profiles.values()].map((profile) => ({ profile, members: membersById.get(profile.id) ?? [] }));
}

function membersOfProfiles(snapshot: Snapshot): ReadonlyMap<ProfileId, readonly EndpointEntry[]> {
  const membersById = new Map<ProfileId, EndpointEntry[]>();
  for (const entry of snapshot.endpoints.values()) {
    if (entry.value.kind !== "valid") continue;
    for (const id of new Set(entry.value.value.profileIds)) {
      const members = membersById.get(id);
      if (members === undefined) membersById.set(id, [entry]);
      else members.push(entry);
    }
  }
  return membersById;
}
