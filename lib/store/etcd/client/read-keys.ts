import type { StoredValue } from "#store/change/stored-value.ts";
import { decodeKey, decodeText } from "#store/etcd/client/decode-entry.ts";
import { classifyEtcdError } from "#store/etcd/client/etcd-error.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";

// etcd's default limit of operations in one transaction.
const MAX_KEYS_AT_ONCE = 128;

/** The present values of the keys that exist; up to 128 keys are read at one revision. */
export async function readKeys(
  members: Pick<EtcdMembers, "call">,
  keys: readonly string[],
): Promise<ReadonlyMap<string, StoredValue>> {
  const found = new Map<string, StoredValue>();
  let atOnce = MAX_KEYS_AT_ONCE;
  for (let start = 0; start < keys.length; ) {
    const success = keys.slice(start, start + atOnce).map((key) => ({ request_range: { key: Buffer.from(key) } }));
    try {
      const { responses } = await members.call((client, options) => client.kv.txn({ success }, options));
      for (const kv of responses.flatMap(({ response_range }) => response_range.kvs)) {
        found.set(decodeKey(kv.key), { text: decodeText(kv.value), modRevision: Number(kv.mod_revision) });
      }
      start += success.length;
    } catch (error) {
      // An etcd with a lower limit than its default.
      if (atOnce === 1 || classifyEtcdError(error) !== "too-many-operations") throw error;
      atOnce = Math.ceil(atOnce / 4);
    }
  }
  return found;
}
