import { randomUUID } from "node:crypto";
import { InputRefusedError } from "#cli/input/input-refused-error.ts";
import type { Deps } from "#operations/deps.ts";
import { connectEtcd } from "#store/etcd/connect.ts";
import { describeEtcdOptionsError, etcdOptionsFromEnv } from "#store/etcd/etcd-options.ts";

/** Connects to the etcd that the environment names. */
export async function openEtcdDeps(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly deps: Deps; close(): Promise<void> }> {
  const options = etcdOptionsFromEnv(env);
  if (!options.ok) throw new InputRefusedError("bad-environment", describeEtcdOptionsError(options.error));
  const { store, statuses, close } = connectEtcd(options.value);
  return {
    deps: { store, statuses, now: () => Date.now(), newRequestId: () => randomUUID() },
    close: async () => {
      await close();
    },
  };
}
