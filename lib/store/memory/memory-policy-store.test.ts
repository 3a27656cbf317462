import { setImmediate as turn } from "node:timers/promises";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";
import { policyStoreContract } from "#store/testing/policy-store-contract.ts";

policyStoreContract("memory", async () => {
  const { kv, statuses, connect } = createMemoryStore();
  return {
    connect: (limits) => ({ store: connect(limits), statuses, close: async () => {} }),
    async put(key, text) {
      while (!kv.isOnline()) await turn();
      kv.transact({ compares: [], puts: [{ key, text }], deletes: [] });
    },
    async remove(key) {
      kv.transact({ compares: [], puts: [], deletes: [key] });
    },
    list: async (prefix) => kv.readPrefix(prefix).entries,
    async compact() {
      kv.compact();
    },
    async interrupt() {
      kv.setOnline(false);
      await turn();
      kv.setOnline(true);
    },
    async wipe(meanwhile) {
      kv.wipe();
      await meanwhile?.();
    },
    async clear() {
      const deletes = kv.readPrefix("/").entries.map(({ key }) => key);
      kv.transact({ compares: [], puts: [], deletes });
    },
    async stop() {},
  };
});
