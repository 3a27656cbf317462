import type { ClassicStatusStore } from "#store/classic-status.ts";
import { etcdMembers } from "#store/etcd/client/etcd-members.ts";
import type { EtcdOptions } from "#store/etcd/etcd-options.ts";
import { etcdPolicyStore } from "#store/etcd/etcd-policy-store.ts";
import { etcdClassicStatusStore } from "#store/etcd/status/etcd-classic-status-store.ts";
import { etcdNodeStatusStore } from "#store/etcd/status/etcd-node-status-store.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";

/** All stores on one etcd. */
export interface EtcdConnection {
  readonly store: PolicyStore;
  readonly statuses: NodeStatusStore;
  readonly classicStatuses: ClassicStatusStore;
  /** Ends every watch's connection and keep-alive; statuses written last vanish with their leases. */
  close(): Promise<void>;
}

/** Prepares the stores; etcd3 is loaded and etcd contacted by the first call. */
export function connectEtcd(options: EtcdOptions): EtcdConnection {
  const members = etcdMembers(options);
  const { maxTxnOps = 128, maxRequestBytes = 1_572_864, callTimeoutMs = 5_000, heartbeatMs = 3_000 } = options;
  const areLimitsAssumed = options.maxTxnOps === undefined && options.maxRequestBytes === undefined;
  const settings = { maxTxnOps, maxRequestBytes, areLimitsAssumed, callTimeoutMs, heartbeatMs };
  const store = etcdPolicyStore(members, settings);
  const statuses = etcdNodeStatusStore(members, settings);
  const classicStatuses = etcdClassicStatusStore(members, maxTxnOps);
  return {
    store,
    statuses,
    classicStatuses,
    async close() {
      await classicStatuses.close();
      await statuses.close();
      await store.close();
    },
  };
}
