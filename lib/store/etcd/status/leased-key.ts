import { once } from "node:events";
import { Duplex } from "node:stream";
import type { Etcd3, ILeaseKeepAliveResponse } from "etcd3";
import { classifyEtcdError } from "#store/etcd/client/etcd-error.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

/** One key under a lease of its own, kept alive until `stop`. */
export interface LeasedKey {
  readonly ttlSeconds: number;
  /**
   * Replaces the value; starts a new lease when the old one is lost. A value that still stands there is not sent again:
   * of ten thousand endpoints it is half a megabyte, for etcd and for everybody who watches. Throws StoreUnavailableError.
   */
  write(value: string): Promise<void>;
  /** Ends the keep-alives; the key vanishes when the time is up. */
  stop(): void;
}

/** Prepares a leased key; the first write creates it. */
export function leasedKey(members: EtcdMembers, key: string, ttlSeconds: number): LeasedKey {
  let leaseId: string | undefined;
  let lastValue: string | undefined;
  let isStored = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  // Writes and keep-alives follow one another: two at once would each start a lease.
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    const turn = tail.then(action);
    tail = turn.catch(() => undefined);
    return turn;
  };

  const put = async (value: string): Promise<void> => {
    const lease = leaseId ?? (await grantLease(members, ttlSeconds));
    leaseId = lease;
    const request = { key: Buffer.from(key), value: Buffer.from(value), lease };
    await members.call((client, options) => client.kv.put(request, options));
    isStored = true;
  };
  const stillStands = async (): Promise<boolean> => {
    const request = { key: Buffer.from(key), keys_only: true };
    const { kvs } = await members.call((client, options) => client.kv.range(request, options));
    return kvs[0] !== undefined && kvs[0].lease === leaseId;
  };
  const write = async (value: string): Promise<void> => {
    if (isStored && value === lastValue && (await stillStands())) return;
    isStored = false;
    lastValue = value;
    try {
      await put(value);
    } catch (error) {
      if (classifyEtcdError(error) !== "lease-lost") throw error;
      leaseId = undefined;
      await put(value);
    }
  };
  const keepAlive = async (): Promise<void> => {
    if (isStopped || leaseId === undefined || lastValue === undefined) return;
    const lease = leaseId;
    if (await members.call((client, options) => renewLease(client, lease, options))) return;
    // etcd was away for longer than the lease lasts, and the key is gone.
    leaseId = undefined;
    isStored = false;
    await write(lastValue);
  };

  return {
    ttlSeconds,
    async write(value) {
      await inTurn(() => write(value));
      if (isStopped) return;
      // A failed keep-alive is repeated by the next; nobody waits for it.
      timer ??= setInterval(() => void inTurn(keepAlive).catch(() => undefined), (ttlSeconds * 1000) / 3);
      timer.unref();
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

async function grantLease(members: EtcdMembers, ttlSeconds: number): Promise<string> {
  const granted = await members.call((client, options) => client.leaseClient.leaseGrant({ TTL: ttlSeconds }, options));
  return granted.ID;
}

/** False when the lease does not exist any more. */
async function renewLease(client: Etcd3, leaseId: string, options: { deadline: number }): Promise<boolean> {
  const stream = await client.leaseClient.leaseKeepAlive(options);
  try {
    if (!(stream instanceof Duplex)) throw new TypeError("etcd3's keep-alive stream is no Node stream");
    stream.write({ ID: leaseId });
    // A stream may end without an answer and without an error; whoever waited for one would wait for ever.
    const answer = (await Promise.race([once(stream, "data"), once(stream, "end")])) as [ILeaseKeepAliveResponse?];
    if (answer[0] === undefined) throw new StoreUnavailableError("etcd ended the keep-alive without an answer");
    return Number(answer[0].TTL) > 0;
  } finally {
    // Ended first: etcd3 takes the cancellation of a writable stream for a failure of the member.
    stream.end();
    stream.cancel();
  }
}
