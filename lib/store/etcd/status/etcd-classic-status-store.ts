import {
  type ClassicStatusStore,
  classicEndpointValues,
  classicHostValue,
  classicStatusKey,
  endpointStatusPrefix,
  lastReportKey,
} from "#store/classic-status.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readPrefix } from "#store/etcd/client/read-prefix.ts";
import { type LeasedKey, leasedKey } from "#store/etcd/status/leased-key.ts";

export type EtcdClassicStatusStore = ClassicStatusStore & { close(): Promise<void> };

type Values = ReadonlyMap<string, string>;

/** The classic status keys on etcd; `close` stops the keep-alive. It remembers what it wrote of endpoints. */
export function etcdClassicStatusStore(members: EtcdMembers, maxTxnOps: number): EtcdClassicStatusStore {
  const leased = new Map<string, LeasedKey>();
  const written = new Map<string, Values>();
  const writeEndpoints = async (host: string, values: Values): Promise<void> => {
    // Once, and after any failure, the truth is read: earlier runs left keys, and a lost answer leaves us in doubt.
    const before = written.get(host) ?? (await readValues(members, endpointStatusPrefix(host)));
    written.delete(host);
    await writeDifference(members, { before, after: values, maxTxnOps });
    written.set(host, values);
  };
  return {
    async writeClassicStatus(status, ttlSeconds) {
      await writeEndpoints(status.host, classicEndpointValues(status));
      const value = classicHostValue(status);
      const report = { key: Buffer.from(lastReportKey(status.host)), value: Buffer.from(value) };
      await members.call((client, options) => client.kv.put(report, options));
      const own = leased.get(status.host) ?? leasedKey(members, classicStatusKey(status.host), ttlSeconds);
      leased.set(status.host, own);
      await own.write(value);
    },
    async removeClassicStatus(host) {
      leased.get(host)?.stop();
      leased.delete(host);
      const key = Buffer.from(classicStatusKey(host));
      await members.call((client, options) => client.kv.deleteRange({ key }, options));
    },
    async close() {
      for (const own of leased.values()) own.stop();
      leased.clear();
    },
  };
}

async function readValues(members: EtcdMembers, prefix: string): Promise<Values> {
  const { entries } = await readPrefix(members, prefix);
  return new Map(entries.map(({ key, value }) => [key, value]));
}

type Difference = { readonly before: Values; readonly after: Values; readonly maxTxnOps: number };

async function writeDifference(members: EtcdMembers, { before, after, maxTxnOps }: Difference): Promise<void> {
  if (before === after) return;
  const operations = [
    ...[...after]
      .filter(([key, value]) => before.get(key) !== value)
      .map(([key, value]) => ({ request_put: { key: Buffer.from(key), value: Buffer.from(value) } })),
    ...[...before.keys()]
      .filter((key) => !after.has(key))
      .map((key) => ({ request_delete_range: { key: Buffer.from(key) } })),
  ];
  for (let at = 0; at < operations.length; at += maxTxnOps) {
    const success = operations.slice(at, at + maxTxnOps);
    await members.call((client, options) => client.kv.txn({ success }, options));
  }
}
