import { INTENT_PREFIX } from "#policy/layout/intent-key.ts";
import {
  POLICY_PREFIX,
  profileRulesKey,
  profileSidecarKey,
  profileTagsKey,
  SIDECAR_PREFIX,
} from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { ownWrites } from "#store/change/own-writes.ts";
import type { TransactionLimits } from "#store/change/transaction-size.ts";
import { versionedProfile, versionedSidecar } from "#store/change/versioned-profile.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readKeys } from "#store/etcd/client/read-keys.ts";
import { readPrefix } from "#store/etcd/client/read-prefix.ts";
import { commitChange } from "#store/etcd/commit/commit-change.ts";
import { type WatchTiming, watchPrefix } from "#store/etcd/watch/watch-prefix.ts";
import type { PolicyStore } from "#store/policy-store.ts";

export type EtcdStoreSettings = TransactionLimits & WatchTiming & { readonly areLimitsAssumed: boolean };

/** The policy store on etcd; `close` closes the members too. */
export function etcdPolicyStore(members: EtcdMembers, settings: EtcdStoreSettings): PolicyStore {
  const { areLimitsAssumed } = settings;
  const context = { members, limits: settings, areLimitsAssumed, ownWrites: ownWrites() };
  return {
    async readSnapshot(options) {
      const { revision, entries } = await readPrefix(members, POLICY_PREFIX, options?.atRevision);
      return { storeRevision: revision, entries };
    },
    async readProfile(id: ProfileId) {
      const stored = await readKeys(members, [profileTagsKey(id), profileRulesKey(id)]);
      return versionedProfile(id, stored);
    },
    async readSidecar(id: ProfileId) {
      return versionedSidecar(id, await readKeys(members, [profileSidecarKey(id)]));
    },
    async readIntents() {
      const { revision, entries } = await readPrefix(members, INTENT_PREFIX);
      return { storeRevision: revision, entries };
    },
    commit: (change) => commitChange(context, change),
    watch: (signal) => watchPrefix({ members, prefix: POLICY_PREFIX, timing: settings }, signal),
    watchSidecars: (signal) => watchPrefix({ members, prefix: SIDECAR_PREFIX, timing: settings }, signal),
    watchIntents: (signal) => watchPrefix({ members, prefix: INTENT_PREFIX, timing: settings }, signal),
    async close() {
      members.close();
    },
  };
}
