import type { Etcd3 } from "etcd3";

export type HeartbeatRequest = {
  readonly client: Etcd3;
  /** A key the watcher may read. */
  readonly key: string;
  readonly intervalMs: number;
  /** Asks for any message on the stream. */
  readonly probe: () => void;
  readonly fail: (error: Error) => void;
};

/** Notices a member that holds the connection and says nothing: frozen, cut off from its quorum, or a dead stream. */
export interface Heartbeat {
  /** The reader waits for a message from now on. */
  beginWait(): void;
  /** A message came, or the reader stopped. */
  endWait(): void;
  stop(): void;
}

/**
 * While the reader waits, each interval asks the stream for a sign of life and the member for a read that needs its
 * quorum, and fails when one of them did not come before the next.
 */
export function startHeartbeat({ client, key, intervalMs, probe, fail }: HeartbeatRequest): Heartbeat {
  let isWaiting = false;
  let isProbed = false;
  const tick = () => {
    if (!isWaiting) return;
    if (isProbed) return fail(new Error(`no sign of life from the watch in ${intervalMs} ms`));
    isProbed = true;
    probe();
    client.kv
      .range({ key: Buffer.from(key), count_only: true }, { deadline: Date.now() + intervalMs })
      .catch((error: Error) => fail(error));
  };
  const timer = setInterval(tick, intervalMs);
  return {
    beginWait() {
      isWaiting = true;
    },
    endWait() {
      isWaiting = false;
      isProbed = false;
    },
    stop: () => clearInterval(timer),
  };
}
