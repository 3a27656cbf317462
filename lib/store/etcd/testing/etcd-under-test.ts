import type { Etcd3 } from "etcd3";
import type { TransactionLimits } from "#store/change/transaction-size.ts";
import { openEtcd3 } from "#store/etcd/client/open-etcd3.ts";
import { readPrefix } from "#store/etcd/client/read-prefix.ts";
import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import { EMBEDDED_LIMITS, startEtcd, type TestEtcd, type TestEtcdOptions } from "#store/testing/start-etcd.ts";
import { startTcpProxy, type TcpProxy } from "#store/testing/start-tcp-proxy.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

/** A private etcd behind the contract's door, with the server, the clients' wire and a bare client of ours. */
export type EtcdUnderTest = Omit<StoreUnderTest, "connect"> & {
  readonly server: TestEtcd;
  readonly wire: TcpProxy;
  readonly hand: Etcd3;
  connect(limits?: Partial<TransactionLimits>): EtcdConnection;
};

/** Starts a private etcd; a heartbeat each 300 ms, so that tests of silent members do not wait long. */
export async function etcdUnderTest(options: TestEtcdOptions = {}): Promise<EtcdUnderTest> {
  const server = await startEtcd(options);
  const wire = await startTcpProxy(server.endpoint);
  const hand = await openEtcd3(server.endpoint, { endpoints: [] });
  const connections: EtcdConnection[] = [];
  const retry = async <T>(action: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (attempt === 40) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  return {
    server,
    wire,
    hand,
    connect(limits: Parameters<StoreUnderTest["connect"]>[0] = EMBEDDED_LIMITS) {
      const connection = connectEtcd({ endpoints: [wire.endpoint], heartbeatMs: 300, callTimeoutMs: 2_000, ...limits });
      connections.push(connection);
      return connection;
    },
    put: (key, value) => retry(async () => void (await hand.put(key).value(value))),
    remove: (key) => retry(async () => void (await hand.delete().key(key))),
    async list(prefix) {
      const call = <T>(action: (client: Etcd3, callOptions: { deadline: number }) => Promise<T>) =>
        retry(() => action(hand, { deadline: Date.now() + 2_000 }));
      return (await readPrefix({ call }, prefix)).entries;
    },
    compact: () =>
      retry(async () => {
        const { header } = await hand.kv.range({ key: Buffer.from("/") });
        await hand.kv.compact({ revision: header.revision, physical: true });
      }),
    async interrupt() {
      await server.kill();
      await server.restart();
    },
    async wipe(meanwhile) {
      wire.cut();
      await server.wipe();
      await meanwhile?.();
      wire.restore();
    },
    clear: () => retry(async () => void (await hand.delete().all())),
    async stop() {
      await Promise.all(connections.map((connection) => connection.close()));
      hand.close();
      await wire.stop();
      await server.stop();
    },
  };
}
