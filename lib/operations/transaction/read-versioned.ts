import type { Deps } from "#operations/deps.ts";
import type { EndpointKey } from "#policy/endpoint.ts";
import { endpointKeyPath, profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import type { PolicyGuard, ProfileVersion } from "#store/policy-store.ts";

/** A snapshot with the modRevision of each key, for transactions that touch more than one profile. */
export type VersionedSnapshot = {
  readonly snapshot: Snapshot;
  /** A key's modRevision; 0 for a key that does not exist. */
  readonly version: (key: string) => number;
  readonly endpointVersion: (key: EndpointKey) => number;
  readonly profileVersion: (id: ProfileId) => ProfileVersion;
  /** Holds the transaction to the profile as it was read. */
  readonly profileGuards: (id: ProfileId) => readonly PolicyGuard[];
};

/** Reads everything at one revision. */
export async function readVersioned(deps: Deps): Promise<VersionedSnapshot> {
  const { entries } = await deps.store.readSnapshot();
  const versionByKey = new Map(entries.map(({ key, modRevision }) => [key, modRevision]));
  const version = (key: string) => versionByKey.get(key) ?? 0;
  return {
    snapshot: snapshotFromEntries(entries),
    version,
    endpointVersion: (key) => version(endpointKeyPath(key)),
    profileVersion: (id) => ({ tags: version(profileTagsKey(id)), rules: version(profileRulesKey(id)) }),
    profileGuards: (id) => [profileTagsKey(id), profileRulesKey(id)].map((key) => ({ key, modRevision: version(key) })),
  };
}
