import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const NO_ENDPOINTS: readonly string[] = [];
const namesByEndpoints = new WeakMap<Snapshot["endpoints"], ReadonlyMap<ProfileId, readonly string[]>>();

/** The endpoints that name a profile, as `host/orchestrator/workload/endpoint`; the same array until one changes. */
export function endpointsOf({ endpoints }: Snapshot, id: ProfileId): readonly string[] {
  let byProfile = namesByEndpoints.get(endpoints);
  if (byProfile === undefined) {
    byProfile = endpointsByProfile(endpoints);
    namesByEndpoints.set(endpoints, byProfile);
  }
  return byProfile.get(id) ?? NO_ENDPOINTS;
}

function endpointsByProfile(endpoints: Snapshot["endpoints"]): ReadonlyMap<ProfileId, readonly string[]> {
  const byProfile = new Map<ProfileId, string[]>();
  for (const [name, { value }] of endpoints) {
    if (value.kind !== "valid") continue;
    for (const id of new Set(value.value.profileIds)) {
      const names = byProfile.get(id);
      if (names === undefined) byProfile.set(id, [name]);
      else names.push(name);
    }
  }
  return byProfile;
}
