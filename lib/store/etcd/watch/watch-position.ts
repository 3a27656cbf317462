import type { Etcd3 } from "etcd3";
import { decodeKey, decodeText } from "#store/etcd/client/decode-entry.ts";
import { classifyEtcdError, errorText } from "#store/etcd/client/etcd-error.ts";
import { type PrefixRead, prefixEnd } from "#store/etcd/client/read-prefix.ts";
import type { StoredChange } from "#store/policy-store.ts";
import { JOURNAL_PREFIX } from "#store/store-keys.ts";

/**
 * How far a watch has come, and enough of the store's past to recognise it again. A store that was wiped or restored
 * behind the same address keeps its cluster id and may have overtaken our revision; its history differs, though.
 */
export type WatchPosition = {
  readonly prefix: string;
  /** Everything up to and with this revision has been told. */
  readonly revision: number;
  readonly clusterId: string;
  /** The newest change we know of; absent when the store was empty. */
  readonly witness?: StoredChange;
  /** The first key of the journal, which is append-only and has random request ids. */
  readonly firstJournalKey?: string;
};

/** The position cannot be resumed: compacted, or another store. Only a new snapshot helps. */
export class PositionLostError extends Error {
  override readonly name = "PositionLostError";
}

/** The position after a snapshot. */
export function positionAfterSnapshot(prefix: string, { header, revision, entries }: PrefixRead): WatchPosition {
  const newest = entries.reduce<StoredChange | undefined>(
    (best, entry) => (best === undefined || entry.modRevision > best.modRevision ? entry : best),
    undefined,
  );
  return { prefix, revision, clusterId: header.cluster_id, ...(newest && { witness: newest }) };
}

/** The position after one more transaction. */
export function positionAfterChanges(position: WatchPosition, changes: readonly StoredChange[]): WatchPosition {
  const last = changes.at(-1);
  return last === undefined ? position : { ...position, revision: last.modRevision, witness: last };
}

/**
 * Asks the member, with its quorum, whether the position still lies in this store's past; answers it with what was
 * learned, else throws PositionLostError.
 */
export async function verifyPosition(
  client: Etcd3,
  position: WatchPosition,
  timeoutMs: number,
): Promise<WatchPosition> {
  const options = { deadline: Date.now() + timeoutMs };
  const { prefix, witness, revision, clusterId, firstJournalKey } = position;
  const key = Buffer.from(witness?.key ?? prefix);
  const range = witness === undefined ? { key, range_end: prefixEnd(key), limit: 1 } : { key };
  const [past, journal] = await Promise.all([
    client.kv.range({ ...range, revision }, options).catch(rejectLost),
    readFirstJournalKey(client, options),
  ]);
  if (past.header.cluster_id !== clusterId) throw new PositionLostError("the store has another cluster id");
  const [found] = past.kvs;
  const isSame =
    witness?.value === undefined
      ? found === undefined
      : found !== undefined &&
        Number(found.mod_revision) === witness.modRevision &&
        decodeKey(found.key) === witness.key &&
        decodeText(found.value) === witness.value;
  if (!isSame) throw new PositionLostError("the store has another history");
  if (firstJournalKey !== undefined && journal !== firstJournalKey) {
    throw new PositionLostError("the store has another journal");
  }
  return journal === undefined ? position : { ...position, firstJournalKey: journal };
}

function rejectLost(error: unknown): never {
  const kind = classifyEtcdError(error);
  if (kind === "compacted" || kind === "future-revision")
    throw new PositionLostError(errorText(error), { cause: error });
  throw error;
}

async function readFirstJournalKey(client: Etcd3, options: { deadline: number }): Promise<string | undefined> {
  const key = Buffer.from(JOURNAL_PREFIX);
  try {
    const { kvs } = await client.kv.range({ key, range_end: prefixEnd(key), limit: 1, keys_only: true }, options);
    return kvs[0] === undefined ? undefined : decodeKey(kvs[0].key);
  } catch (error) {
    // A user who may read policies but not the journal can still watch.
    if (classifyEtcdError(error) === "denied") return undefined;
    throw error;
  }
}
