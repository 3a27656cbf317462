import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { NEVER_SEEN } from "#web/queries/profile-versions.ts";
import type { SeenProfile } from "./draft.ts";

type Known = { readonly sidecar: Profile["sidecar"]; readonly seen: SeenProfile };

const seenByProfile = new WeakMap<Profile, Known>();

/** A profile with what is beside its rules and its version; the same object as long as the profile does not change, so that cards stay still. */
export function seenProfile({ snapshot, versions }: PolicyState, id: ProfileId): SeenProfile | undefined {
  const profile = snapshot.profiles.get(id);
  if (profile === undefined) return undefined;
  const sidecar = snapshot.sidecars?.get(id);
  const known = seenByProfile.get(profile);
  if (known?.sidecar === sidecar && known !== undefined) return known.seen;
  const seen = {
    profile: sidecar === undefined ? profile : { ...profile, sidecar },
    version: versions.get(id) ?? NEVER_SEEN,
  };
  seenByProfile.set(profile, { sidecar, seen });
  return seen;
}
