import { setTimeout as sleep } from "node:timers/promises";
import type { Etcd3 } from "etcd3";
import { classifyEtcdError, errorText, toStoreError } from "#store/etcd/client/etcd-error.ts";
import { openEtcd3 } from "#store/etcd/client/open-etcd3.ts";
import type { EtcdOptions } from "#store/etcd/etcd-options.ts";
import { StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";

/** One attempt of a call on one member; it must pass the options on, they carry the deadline. */
export type EtcdCall<T> = (client: Etcd3, options: { readonly deadline: number }) => Promise<T>;

/** A member and our client of it. */
export type EtcdMember = { readonly endpoint: string; readonly client: Etcd3 };

/**
 * The members of one etcd, one client each, so that we and not etcd3 choose whom to ask: everybody stays with one
 * member until it fails, and then all go on to the next.
 */
export interface EtcdMembers {
  /** For calls that may be repeated: tries member after member until the time is up. */
  call<T>(action: EtcdCall<T>): Promise<T>;
  /** Exactly one attempt; after StoreUnavailableError the outcome is unknown. */
  callOnce<T>(action: EtcdCall<T>): Promise<T>;
  /** The member in use, for streams. */
  current(): Promise<EtcdMember>;
  /** Tells that the member failed, so that the next call asks another one. */
  reportFailure(member: EtcdMember, error: unknown): void;
  close(): void;
}

/** A certificate that cannot be read, say: no repetition helps. */
class StoreSetupError extends StoreUnavailableError {
  override readonly name = "StoreSetupError";
}

const RETRY_PAUSES_MS = [20, 50, 100, 200, 400];

/** Prepares clients of every endpoint; nothing is loaded or connected before the first call. */
export function etcdMembers(options: EtcdOptions): EtcdMembers {
  const { endpoints, callTimeoutMs = 5_000, retryForMs = 4_000 } = options;
  const opening = new Map<string, Promise<EtcdMember>>();
  const retired = new WeakSet<EtcdMember>();
  let index = 0;
  let isClosed = false;

  const current = async (): Promise<EtcdMember> => {
    if (isClosed) throw new StoreUnavailableError("The connection to etcd is closed");
    const endpoint = endpoints[index] ?? "";
    const opened = opening.get(endpoint) ?? openMember(endpoint, options);
    opening.set(endpoint, opened);
    try {
      return await opened;
    } catch (cause) {
      opening.delete(endpoint);
      throw new StoreSetupError(`No client for etcd at ${endpoint}: ${errorText(cause)}`, { cause });
    }
  };

  const reportFailure = (member: EtcdMember, error: unknown) => {
    if (endpoints[index] === member.endpoint) index = (index + 1) % endpoints.length;
    if (classifyEtcdError(error) !== "stale-token" || retired.has(member)) return;
    // The token is part of the client; only a new one asks for a new token in every case.
    retired.add(member);
    opening.delete(member.endpoint);
    member.client.close();
  };

  const callOnce = async <T>(action: EtcdCall<T>): Promise<T> => {
    const member = await current();
    try {
      return await action(member.client, { deadline: Date.now() + callTimeoutMs });
    } catch (cause) {
      // A mistake of ours, not of etcd's.
      if (cause instanceof TypeError) throw cause;
      const kind = classifyEtcdError(cause);
      if (kind === "unreachable" || kind === "stale-token") reportFailure(member, cause);
      if (kind === "unreachable" || kind === "no-space") {
        throw new StoreUnavailableError(`etcd at ${member.endpoint}: ${errorText(cause)}`, { cause });
      }
      throw toStoreError(cause);
    }
  };

  return {
    current,
    reportFailure,
    callOnce,
    async call(action) {
      const giveUpAt = Date.now() + retryForMs;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await callOnce(action);
        } catch (error) {
          // A frozen member may have used up the time; each of the others still gets its chance.
          const isLast = attempt >= endpoints.length && Date.now() >= giveUpAt;
          if (isClosed || isLast || !isWorthRepeating(error)) throw namingAll(endpoints, error);
          const round = Math.floor(attempt / endpoints.length) - 1;
          if (round >= 0) await sleep(RETRY_PAUSES_MS[Math.min(round, RETRY_PAUSES_MS.length - 1)]);
        }
      }
    },
    close() {
      isClosed = true;
      for (const opened of opening.values()) void opened.then(({ client }) => client.close()).catch(() => undefined);
      opening.clear();
    },
  };
}

async function openMember(endpoint: string, options: EtcdOptions): Promise<EtcdMember> {
  return { endpoint, client: await openEtcd3(endpoint, options) };
}

/** After all members were tried, an error that names only the last would mislead. */
function namingAll(endpoints: readonly string[], error: unknown): unknown {
  const isPlain = error instanceof StoreUnavailableError && !(error instanceof StorePermissionError);
  if (endpoints.length < 2 || !isPlain || !isWorthRepeating(error)) return error;
  const message = `etcd at none of ${endpoints.join(", ")}: ${errorText(error.cause)}`;
  return new StoreUnavailableError(message, { cause: error.cause });
}

function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof StoreUnavailableError) || error instanceof StoreSetupError) return false;
  const kind = classifyEtcdError(error.cause);
  return kind === "unreachable" || kind === "stale-token";
}
