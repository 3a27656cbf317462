import { INTENT_PREFIX } from "#policy/layout/intent-key.ts";
import {
  POLICY_PREFIX,
  profileRulesKey,
  profileSidecarKey,
  profileTagsKey,
  SIDECAR_PREFIX,
} from "#policy/layout/policy-key.ts";
import { err, ok } from "#prelude/result.ts";
import { ownWrites } from "#store/change/own-writes.ts";
import { keysOfChange, planCommit, type StoredValues } from "#store/change/plan-commit.ts";
import type { StoredValue } from "#store/change/stored-value.ts";
import { type TransactionLimits, transactionRefusal } from "#store/change/transaction-size.ts";
import { versionedProfile, versionedSidecar } from "#store/change/versioned-profile.ts";
import { hostStatuses, watchHostStatuses } from "#store/host-statuses.ts";
import { type MemoryKv, memoryKv } from "#store/memory/memory-kv.ts";
import { watchMemory } from "#store/memory/memory-watch.ts";
import type { NodeStatusStore } from "#store/node-status-store.ts";
import type { PolicyStore } from "#store/policy-store.ts";
import { HOST_STATUS_PREFIX, hostStatusKey } from "#store/store-keys.ts";

/** Both stores in memory, and the keys behind them for tests that write by hand or cut the connection. */
export interface MemoryStore {
  readonly store: PolicyStore;
  readonly statuses: NodeStatusStore;
  readonly kv: MemoryKv;
  /** One more client of the same keys, with its own memory of what it wrote. */
  connect(limits?: TransactionLimits): PolicyStore;
  close(): Promise<void>;
}

const NO_LIMITS: TransactionLimits = { maxTxnOps: Number.MAX_SAFE_INTEGER, maxRequestBytes: Number.MAX_SAFE_INTEGER };

/** An empty store of its own; it passes the same contract as the one on etcd. Statuses live until they are removed. */
export function createMemoryStore(limits: TransactionLimits = NO_LIMITS): MemoryStore {
  const kv = memoryKv();
  const connect = (own: TransactionLimits = limits) => policyStore(kv, own);
  return { store: connect(), statuses: statusStore(kv), kv, connect, async close() {} };
}

function policyStore(kv: MemoryKv, limits: TransactionLimits): PolicyStore {
  const own = ownWrites();
  return {
    async readSnapshot(options) {
      const { revision, entries } = kv.readPrefix(POLICY_PREFIX, options?.atRevision);
      return { storeRevision: revision, entries };
    },
    async readProfile(id) {
      return versionedProfile(id, readKeys(kv, [profileTagsKey(id), profileRulesKey(id)]));
    },
    async readSidecar(id) {
      return versionedSidecar(id, readKeys(kv, [profileSidecarKey(id)]));
    },
    async readIntents() {
      const { revision, entries } = kv.readPrefix(INTENT_PREFIX);
      return { storeRevision: revision, entries };
    },
    async commit(change) {
      const plan = planCommit(change, readKeys(kv, keysOfChange(change)), own.has);
      if (plan.kind === "repeated" || plan.kind === "unchanged") return ok({ revision: plan.revision });
      if (plan.kind === "conflict") return err({ kind: "conflict", keys: plan.keys });
      const refusal = transactionRefusal(plan.transaction, limits);
      if (refusal !== undefined) return err(refusal);
      if (change.isRehearsal === true) return ok({ revision: 0 });
      const revision = kv.transact(plan.transaction);
      // Nothing runs between reading and writing, so what was planned on is still there.
      if (revision === undefined) throw new Error("The memory store changed under a transaction");
      own.add(plan.transaction, revision);
      return ok({ revision });
    },
    watch: (signal) => watchMemory(kv, POLICY_PREFIX, signal),
    watchSidecars: (signal) => watchMemory(kv, SIDECAR_PREFIX, signal),
    watchIntents: (signal) => watchMemory(kv, INTENT_PREFIX, signal),
    async close() {},
  };
}

function statusStore(kv: MemoryKv): NodeStatusStore {
  return {
    async writeStatus(status) {
      const put = { key: hostStatusKey(status.host), text: JSON.stringify(status) };
      kv.transact({ compares: [], puts: [put], deletes: [] });
    },
    async removeStatus(host) {
      kv.transact({ compares: [], puts: [], deletes: [hostStatusKey(host)] });
    },
    async readStatuses() {
      const { entries } = kv.readPrefix(HOST_STATUS_PREFIX);
      return hostStatuses(new Map(entries.map(({ key, value }) => [key, value])));
    },
    watchStatuses: (signal) => watchHostStatuses(watchMemory(kv, HOST_STATUS_PREFIX, signal)),
  };
}

function readKeys(kv: MemoryKv, keys: readonly string[]): StoredValues {
  const found = new Map<string, StoredValue>();
  for (const key of keys) {
    const value = kv.read(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
