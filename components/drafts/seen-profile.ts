import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import type { SeenProfile } from "./draft.ts";

const seenByProfile = new WeakMap<Profile, SeenProfile>();

/** A profile with its version; the same object as long as the profile does not change, so that cards stay still. */
export function seenProfile({ snapshot, versions }: PolicyState, id: ProfileId): SeenProfile | undefined {
  const profile = snapshot.profiles.get(id);
  if (profile === undefined) return undefined;
  const known = seenByProfile.get(profile);
  if (known !== undefined) return known;
  const seen = { profile, version: versions.get(id) ?? { tags: 0, rules: 0 } };
  seenByProfile.set(profile, seen);
  return seen;
}
