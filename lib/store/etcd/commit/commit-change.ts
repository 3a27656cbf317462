import { err, ok, type Result } from "#prelude/result.ts";
import type { OwnWrites } from "#store/change/own-writes.ts";
import { keysOfChange, planCommit, type Transaction } from "#store/change/plan-commit.ts";
import {
  type TransactionLimits,
  tooLarge,
  transactionRefusal,
  transactionSize,
} from "#store/change/transaction-size.ts";
import { classifyEtcdError } from "#store/etcd/client/etcd-error.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { readKeys } from "#store/etcd/client/read-keys.ts";
import { readPublishedLimits } from "#store/etcd/commit/published-limits.ts";
import { type CommitRefusal, type PolicyChange, StoreUnavailableError } from "#store/policy-store.ts";

export type CommitContext = {
  readonly members: EtcdMembers;
  readonly limits: TransactionLimits;
  /** Nobody told this process the limits: before a refusal it looks for those that stand in etcd. */
  readonly areLimitsAssumed: boolean;
  readonly ownWrites: OwnWrites;
};

const MAX_ATTEMPTS = 5;

/**
 * Commits one change. Each attempt reads the request's key and all touched keys, plans, and sends one transaction that
 * also demands that the request's key does not exist yet. After an unknown outcome the next attempt therefore either
 * finds the request's key (it took effect), or sends again and at most one of the two transactions can take effect.
 */
export async function commitChange(
  context: CommitContext,
  change: PolicyChange,
): Promise<Result<{ readonly revision: number }, CommitRefusal>> {
  const { members, limits, ownWrites } = context;
  const keys = keysOfChange(change);
  for (let attempt = 1; ; attempt += 1) {
    const stored = await readKeys(members, keys);
    const plan = planCommit(change, stored, ownWrites.has);
    if (plan.kind === "repeated" || plan.kind === "unchanged") return ok({ revision: plan.revision });
    if (plan.kind === "conflict") return err({ kind: "conflict", keys: plan.keys });
    const refusal = await findRefusal(context, plan.transaction);
    if (refusal !== undefined) return err(refusal);
    if (change.isRehearsal === true) return ok({ revision: 0 });
    try {
      const revision = await send(members, plan.transaction);
      if (revision !== undefined) {
        ownWrites.add(plan.transaction, revision);
        return ok({ revision });
      }
    } catch (error) {
      const kind = classifyEtcdError(error);
      // The server's limits are lower than we were told.
      if (kind === "request-too-large" || kind === "too-many-operations") {
        return err(tooLarge(transactionSize(plan.transaction), limits));
      }
      const isUnknown = error instanceof StoreUnavailableError && (kind === "unreachable" || kind === "stale-token");
      if (!isUnknown || attempt === MAX_ATTEMPTS) throw error;
      continue;
    }
    // A compare failed, so somebody wrote since we read: the next attempt sees it and says which keys.
    if (attempt === MAX_ATTEMPTS)
      return err({ kind: "conflict", keys: plan.transaction.compares.map(({ key }) => key) });
  }
}

async function findRefusal(
  { members, limits, areLimitsAssumed }: CommitContext,
  transaction: Transaction,
): Promise<CommitRefusal | undefined> {
  const refusal = transactionRefusal(transaction, limits);
  if (refusal === undefined || !areLimitsAssumed) return refusal;
  const published = await readPublishedLimits(members);
  return published === undefined ? refusal : transactionRefusal(transaction, published);
}

/** The revision of the transaction, or undefined when a compare failed and nothing was written. */
async function send(members: EtcdMembers, transaction: Transaction): Promise<number | undefined> {
  const response = await members.callOnce((client, options) =>
    client.kv.txn(
      {
        compare: transaction.compares.map(({ key, modRevision }) => ({
          result: "Equal",
          target: "Mod",
          key: Buffer.from(key),
          mod_revision: modRevision,
        })),
        success: [
          ...transaction.puts.map(({ key, text }) => ({
            request_put: { key: Buffer.from(key), value: Buffer.from(text) },
          })),
          ...transaction.deletes.map((key) => ({ request_delete_range: { key: Buffer.from(key) } })),
        ],
      },
      options,
    ),
  );
  return response.succeeded ? Number(response.header.revision) : undefined;
}
