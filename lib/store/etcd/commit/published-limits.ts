import type { TransactionLimits } from "#store/change/transaction-size.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readKeys } from "#store/etcd/client/read-keys.ts";
import { LIMITS_KEY } from "#store/store-keys.ts";

/** The limits that stand in etcd itself, so that every door knows what only etcd was told; undefined when none do. */
export async function readPublishedLimits(members: EtcdMembers): Promise<TransactionLimits | undefined> {
  const stored = await readKeys(members, [LIMITS_KEY]);
  return parseLimits(stored.get(LIMITS_KEY)?.text);
}

function parseLimits(text: string | undefined): TransactionLimits | undefined {
  try {
    const { max_txn_ops: maxTxnOps, max_request_bytes: maxRequestBytes } = JSON.parse(text ?? "{}");
    return isLimit(maxTxnOps) && isLimit(maxRequestBytes) ? { maxTxnOps, maxRequestBytes } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function isLimit(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
