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
  /** Some key of the journal, whose keys are never used twice and hold random request ids. */
  readonly journalKey?: string;
};

/** The position cannot be resumed: compacted, or another store. Only a new snapshot helps. */
export class PositionLostError extends Error {
  override readonly name = "PositionLostError";
}

/** The position after a snapshot of the prefix; `journalKey` was read before it. */
export function positionAfterSnapshot(
  prefix: string,
  { header, revision, entries }: PrefixRead,
  journalKey: string | undefined,
): WatchPosition {
  const newest = entries.reduce<StoredChange | undefined>(
    (best, entry) => (best === undefined || entry.modRevision > best.modRevision ? entry : best),
    undefined,
  );
  return {
    prefix,
    revision,
    clusterId: header.cluster_id,
    ...(newest && { witness: newest }),
    ...(journalKey !== undefined && { journalKey }),
  };
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
  const { prefix, witness, revision, clusterId, journalKey } = position;
  const key = Buffer.from(witness?.key ?? prefix);
  const range = witness === undefined ? { key, range_end: prefixEnd(key), limit: 1 } : { key };
  const [past, journal] = await Promise.all([
    client.kv.range({ ...range, revision }, options).catch(rejectLost),
    readJournalKey(client, journalKey, options),
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
  if (journal === "missing") throw new PositionLostError("the store has another journal");
  return journal === undefined ? position : { ...position, journalKey: journal };
}

function rejectLost(error: unknown): never {
  const kind = classifyEtcdError(error);
  if (kind === "compacted" || kind === "future-revision")
    throw new PositionLostError(errorText(error), { cause: error });
  throw error;
}

/** The journal key we know, or `missing`; the first one when we know none yet. */
export async function readJournalKey(
  client: Etcd3,
  known: string | undefined,
  options: { readonly deadline: number },
): Promise<string | undefined> {
  const key = Buffer.from(known ?? JOURNAL_PREFIX);
  const range = known === undefined ? { key, range_end: prefixEnd(key), limit: 1 } : { key };
  try {
    const { kvs } = await client.kv.range({ ...range, keys_only: true }, options);
    if (kvs[0] !== undefined) return decodeKey(kvs[0].key);
    return known === undefined ? undefined : "missing";
  } catch (error) {
    // A user who may read policies but not the journal can still watch.
    if (classifyEtcdError(error) === "denied") return undefined;
    throw error;
  }
}
