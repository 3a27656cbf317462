import { Duplex } from "node:stream";
import type { Etcd3, IWatchRequest, IWatchResponse } from "etcd3";
import { prefixEnd } from "#store/etcd/client/read-prefix.ts";
import { startHeartbeat } from "#store/etcd/watch/heartbeat.ts";
import { PositionLostError } from "#store/etcd/watch/watch-position.ts";

export type StreamRequest = {
  readonly client: Etcd3;
  readonly prefix: string;
  /** The first revision to be told of. */
  readonly startRevision: number;
  readonly heartbeatMs: number;
  readonly signal: AbortSignal;
};

/**
 * One watch stream on one member, from its first message ("created") until it fails; it always ends by throwing,
 * unless the caller stops. It drives the raw stream because etcd3's own watcher resumes in the wrong place and cannot
 * be cancelled safely; a reader that is slow simply stops reading, and etcd waits.
 */
export async function* watchStream(request: StreamRequest): AsyncGenerator<IWatchResponse, never> {
  const { client, signal } = request;
  const stream = await client.watchClient.watch();
  const cancel = () => {
    // Ended first: etcd3 takes the cancellation of a writable stream for a failure, and closes the member's channels.
    stream.end();
    stream.cancel();
  };
  try {
    if (!(stream instanceof Duplex)) throw new TypeError("etcd3's watch stream is no Node stream");
    signal.throwIfAborted();
    signal.addEventListener("abort", cancel, { once: true });
    stream.write(createRequest(request));
    const messages: AsyncIterator<IWatchResponse> = stream[Symbol.asyncIterator]();
    const heartbeat = startHeartbeat({
      client,
      key: request.prefix,
      intervalMs: request.heartbeatMs,
      probe: () => stream.write(PROGRESS_REQUEST),
      fail: (error) => stream.destroy(error),
    });
    try {
      for (;;) {
        heartbeat.beginWait();
        const { value, done } = await messages.next();
        heartbeat.endWait();
        if (done) throw new Error("etcd ended the watch");
        throwIfCanceled(value);
        yield value;
      }
    } finally {
      heartbeat.stop();
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    // Destroying a gRPC stream does not end the call; only this tells the server.
    cancel();
  }
}

const PROGRESS_REQUEST: IWatchRequest = { progress_request: {} };

function createRequest({ prefix, startRevision }: StreamRequest): IWatchRequest {
  const key = Buffer.from(prefix);
  return {
    create_request: { key, range_end: prefixEnd(key), start_revision: startRevision, fragment: true },
  };
}

function throwIfCanceled({ canceled, compact_revision, cancel_reason }: IWatchResponse): void {
  if (!canceled) return;
  if (Number(compact_revision) > 0) throw new PositionLostError(`compacted up to revision ${compact_revision}`);
  throw new Error(`etcd cancelled the watch: ${cancel_reason || "no reason given"}`);
}
