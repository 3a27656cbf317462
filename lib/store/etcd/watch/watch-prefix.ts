import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "#store/etcd/client/etcd-error.ts";
import type { EtcdMember, EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readPrefix } from "#store/etcd/client/read-prefix.ts";
import { transactionGrouper } from "#store/etcd/watch/group-transactions.ts";
import { orAborted } from "#store/etcd/watch/or-aborted.ts";
import {
  PositionLostError,
  positionAfterChanges,
  positionAfterSnapshot,
  readJournalKey,
  verifyPosition,
  type WatchPosition,
} from "#store/etcd/watch/watch-position.ts";
import { watchStream } from "#store/etcd/watch/watch-stream.ts";
import type { WatchEvent } from "#store/policy-store.ts";

export type WatchTiming = { readonly heartbeatMs: number; readonly callTimeoutMs: number };

/** What to watch, over which members. */
export type PrefixWatch = { readonly members: EtcdMembers; readonly prefix: string; readonly timing: WatchTiming };

const PAUSES_MS = [0, 50, 100, 200, 400, 800, 1_600, 2_000];
// A position that cannot be resumed this often is in doubt: a message too large to receive, say.
const MAX_RESUMES = 5;

type WatchState = {
  position: WatchPosition | undefined;
  isConnected: boolean;
  /** Failures since the stream last proved good: it told something after it stood. */
  failures: number;
  /** How often it stood since then. */
  resumes: number;
};

/**
 * List, then watch from the next revision, for ever: a failed stream is resumed at the last transaction told, on the
 * next member; a position that is lost or in doubt is replaced by a new list.
 */
export async function* watchPrefix(watch: PrefixWatch, signal: AbortSignal): AsyncGenerator<WatchEvent, void> {
  const { members } = watch;
  const state: WatchState = { position: undefined, isConnected: true, failures: 0, resumes: 0 };
  while (!signal.aborted) {
    let member: EtcdMember | undefined;
    try {
      if (state.position === undefined) yield* list(watch, state, signal);
      member = await orAborted(members.current(), signal);
      yield* follow(member, { ...watch, state, signal });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof PositionLostError || state.resumes >= MAX_RESUMES) state.position = undefined;
      if (!(error instanceof PositionLostError)) {
        if (member !== undefined) members.reportFailure(member, error);
        if (state.isConnected) yield { kind: "disconnected", detail: errorText(error) };
        state.isConnected = false;
      }
      const pauseMs = PAUSES_MS[Math.min(state.failures, PAUSES_MS.length - 1)];
      state.failures += 1;
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function* list(watch: PrefixWatch, state: WatchState, signal: AbortSignal): AsyncGenerator<WatchEvent, void> {
  // One try per member: whoever watches wants to hear at once that there is no connection.
  const call = watch.members.callOnce;
  const journalKey = await orAborted(
    call((client, options) => readJournalKey(client, undefined, options)),
    signal,
  );
  const read = await orAborted(readPrefix({ call }, watch.prefix), signal);
  state.position = positionAfterSnapshot(watch.prefix, read, journalKey);
  state.resumes = 0;
  yield* connected(state);
  yield { kind: "snapshot", snapshot: { storeRevision: read.revision, entries: read.entries } };
}

type FollowContext = PrefixWatch & { readonly state: WatchState; readonly signal: AbortSignal };

async function* follow(member: EtcdMember, context: FollowContext): AsyncGenerator<WatchEvent, void> {
  const { prefix, state, timing, signal } = context;
  const { client } = member;
  const grouper = transactionGrouper();
  let position = state.position;
  if (position === undefined) return;
  const { heartbeatMs } = timing;
  const startRevision = position.revision + 1;
  for await (const message of watchStream({ client, prefix, startRevision, heartbeatMs, signal })) {
    if (message.created) {
      // Only now that the stream stands: from here on a store that is replaced also breaks the stream.
      position = await orAborted(verifyPosition(client, position, timing.callTimeoutMs), signal);
      state.position = position;
      state.resumes += 1;
      yield* connected(state);
    } else {
      // An event, or the answer to a heartbeat.
      state.failures = 0;
      state.resumes = 0;
    }
    for (const changes of grouper.add(message)) {
      position = positionAfterChanges(position, changes);
      state.position = position;
      yield { kind: "changes", storeRevision: position.revision, changes };
    }
  }
}

function* connected(state: WatchState): Generator<WatchEvent, void> {
  if (!state.isConnected) yield { kind: "connected" };
  state.isConnected = true;
}
