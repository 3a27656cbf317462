import type { Finding } from "#agent/doctor/finding.ts";
import { type PolicyStore, StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";

export type EtcdFindingsDeps = {
  readonly store: Pick<PolicyStore, "readSnapshot">;
  /** What time etcd has; throws StoreUnavailableError. */
  readonly etcdTime: () => Promise<Date>;
  readonly now: () => number;
};

// etcd tells its time to the second, and the answer takes a while.
const MAX_SKEW_MS = 5_000;

/** Whether etcd answers, and whether it and this machine agree on the time. */
export async function etcdFindings({ store, etcdTime, now }: EtcdFindingsDeps): Promise<readonly Finding[]> {
  try {
    await store.readSnapshot();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const fix =
      error instanceof StorePermissionError
        ? "grant this user read on /calico/v1/, write on /tortie/v1/host/ and /calico/felix/v1/host/"
        : "see ETCD_ENDPOINTS and its companions; until then what was enforced last stays enforced";
    return [{ ok: false, what: `etcd answers: ${error.message}`, fix }];
  }
  return [{ ok: true, what: "etcd answers" }, await clockFinding(etcdTime, now)];
}

/** The board compares times of many machines: when a revision was written, when a node had it. */
async function clockFinding(etcdTime: () => Promise<Date>, now: () => number): Promise<Finding> {
  try {
    const skewMs = now() - (await etcdTime()).getTime();
    const seconds = Math.round(skewMs / 1000);
    return {
      ok: Math.abs(skewMs) <= MAX_SKEW_MS,
      what: `this clock and etcd's agree, to ${Math.abs(seconds)} s`,
      fix: "run chrony or systemd-timesyncd here and on etcd's machine; times of statuses and the journal would mislead",
    };
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return {
      ok: false,
      what: `etcd's clock can be compared: ${error.message}`,
      fix: "let this node reach etcd's /version",
    };
  }
}
