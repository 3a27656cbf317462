import type { Transaction } from "#store/change/plan-commit.ts";
import type { CommitRefusal } from "#store/policy-store.ts";

/** etcd's `--max-txn-ops` and `--max-request-bytes`. */
export type TransactionLimits = { readonly maxTxnOps: number; readonly maxRequestBytes: number };

/** What etcd counts before it accepts a transaction. */
export type TransactionSize = { readonly operations: number; readonly bytes: number };

// What etcd adds to our request before it compares it with --max-request-bytes: a header with ids and the user's name.
const ENVELOPE_BYTES = 64;

/** Computes what etcd will count, without sending: its `--max-txn-ops` counts compares and operations separately. */
export function transactionSize({ compares, puts, deletes }: Transaction): TransactionSize {
  let bytes = ENVELOPE_BYTES;
  for (const { key, modRevision } of compares) {
    const revision = modRevision === 0 ? 0 : 1 + varintBytes(modRevision);
    // target = MOD costs two bytes; result = EQUAL is the default and not sent.
    bytes += fieldBytes(2 + fieldBytes(Buffer.byteLength(key)) + revision);
  }
  for (const { key, text } of puts) {
    bytes += fieldBytes(fieldBytes(fieldBytes(Buffer.byteLength(key)) + fieldBytes(Buffer.byteLength(text))));
  }
  for (const key of deletes) bytes += fieldBytes(fieldBytes(fieldBytes(Buffer.byteLength(key))));
  return { operations: Math.max(compares.length, puts.length + deletes.length), bytes };
}

/** The refusal with its figures when the transaction exceeds a limit. */
export function transactionRefusal(transaction: Transaction, limits: TransactionLimits): CommitRefusal | undefined {
  const size = transactionSize(transaction);
  const isWithin = size.operations <= limits.maxTxnOps && size.bytes <= limits.maxRequestBytes;
  return isWithin ? undefined : tooLarge(size, limits);
}

/** The refusal of a transaction of that size. */
export function tooLarge(size: TransactionSize, limits: TransactionLimits): CommitRefusal {
  return { kind: "too-large", ...size, maxOperations: limits.maxTxnOps, maxBytes: limits.maxRequestBytes };
}

/** A protobuf field of that many bytes: tag, length, content. */
function fieldBytes(contentBytes: number): number {
  return 1 + varintBytes(contentBytes) + contentBytes;
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
