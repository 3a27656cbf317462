import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readPrefix } from "#store/etcd/client/read-prefix.ts";
import { type LeasedKey, leasedKey } from "#store/etcd/status/leased-key.ts";
import { type WatchTiming, watchPrefix } from "#store/etcd/watch/watch-prefix.ts";
import { hostStatuses, watchHostStatuses } from "#store/host-statuses.ts";
import type { HostStatus, NodeStatusStore } from "#store/node-status-store.ts";
import { HOST_STATUS_PREFIX, hostStatusKey } from "#store/store-keys.ts";

/** Statuses on etcd. While it is open it keeps the leases of what it wrote alive. */
export type EtcdNodeStatusStore = NodeStatusStore & { close(): Promise<void> };

/** The status store on etcd; `close` stops the keep-alives, and the statuses vanish with their leases. */
export function etcdNodeStatusStore(members: EtcdMembers, timing: WatchTiming): EtcdNodeStatusStore {
  const leased = new Map<string, LeasedKey>();
  const textOf = lastText();
  return {
    async writeStatus(status, ttlSeconds) {
      const key = hostStatusKey(status.host);
      const known = leased.get(key);
      const own = known?.ttlSeconds === ttlSeconds ? known : leasedKey(members, key, ttlSeconds);
      if (own !== known) known?.stop();
      leased.set(key, own);
      await own.write(textOf(status));
    },
    async removeStatus(host) {
      const key = hostStatusKey(host);
      leased.get(key)?.stop();
      leased.delete(key);
      await members.call((client, options) => client.kv.deleteRange({ key: Buffer.from(key) }, options));
    },
    async readStatuses() {
      const { entries } = await readPrefix(members, HOST_STATUS_PREFIX);
      return hostStatuses(new Map(entries.map(({ key, value }) => [key, value])));
    },
    watchStatuses: (signal) => watchHostStatuses(watchPrefix({ members, prefix: HOST_STATUS_PREFIX, timing }, signal)),
    async close() {
      for (const own of leased.values()) own.stop();
      leased.clear();
    },
  };
}

/** Texts of statuses; a heartbeat says the same value again. */
function lastText(): (status: HostStatus) => string {
  let last: { readonly status: HostStatus; readonly text: string } | undefined;
  return (status) => {
    if (last?.status !== status) last = { status, text: JSON.stringify(status) };
    return last.text;
  };
}
