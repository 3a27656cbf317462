import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppliedPlan } from "#agent/kernel-mirror.ts";
import { reconcile } from "#agent/reconcile.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import { statusReporter } from "#agent/report-status.ts";
import { storeAbsence } from "#agent/store-absence.ts";
import { type FakeClock, fakeClock } from "#agent/testing/fake-clock.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { followSnapshot } from "#store/live-snapshot.ts";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";

const HOUR_MS = 3_600_000;
const AUDIT_MS = 60_000;
const RULES_KEY = "/calico/v1/policy/profile/P/rules";
const ENDPOINT = { state: "active", name: "cali1", profile_ids: ["P"], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] };

/** An agent as `run` puts it together, on a store and a kernel in memory, at a time of its own. */
function startAgent(clock: FakeClock) {
  const { store, statuses, kv } = createMemoryStore();
  const kernel = fakeKernel([4]);
  const stop = new AbortController();
  const said: string[] = [];
  const changes: boolean[] = [];
  const applied: AppliedPlan[] = [];
  let progress: NodeProgress | undefined;
  const say = (_: object, message: string) => void said.push(message);
  const log = { info: say, warn: say, error: say };
  const absence = storeAbsence({ clock, log, onChange: (isConnected) => changes.push(isConnected) });
  const reporter = statusReporter({
    write: () =>
      statuses.writeStatus(
        {
          ...{ host: "h1", version: "1", backend: "nft", rejected: [], endpoints: {}, startedAt: "" },
          ...{ appliedRevision: progress?.appliedRevision ?? 0, inSync: progress?.inSync ?? false },
        },
        90,
      ),
    heartbeatMs: 30_000,
    log,
    clock,
  });
  const ends = reconcile({
    snapshots: absence.watch(followSnapshot(store, stop.signal)),
    kernel,
    settings: (snapshot) => nodeSettings(snapshot, { host: "h1", families: [4] }),
    ...clock,
    log,
    auditIntervalMs: AUDIT_MS,
    orphanGraceMs: 0,
    onApplied: (plan) => applied.push(plan),
    onProgress(next) {
      progress = next;
      reporter.report();
    },
  });
  const put = (key: string, value: object) =>
    kv.transact({ compares: [], puts: [{ key, text: JSON.stringify(value) }], deletes: [] });
  return {
    ...{ kv, kernel, statuses, absence, said, changes, applied, put },
    open: (port: number) =>
      put(RULES_KEY, { inbound_rules: [{ protocol: "tcp", dst_ports: [port] }], outbound_rules: [] }),
    async end() {
      stop.abort();
      absence.stop();
      reporter.stop();
      await ends;
    },
  };
}

let clock: FakeClock;
let agent: ReturnType<typeof startAgent>;
beforeEach(async () => {
  clock = fakeClock();
  agent = startAgent(clock);
  agent.put("/calico/v1/host/h1/workload/o/w/endpoint/e", ENDPOINT);
  agent.open(80);
  await clock.advance(1_000);
  expect(agent.kernel.saveTables(4)).toContain("--dports 80");
});
afterEach(() => agent.end());

const ports = () => agent.kernel.saveTables(4).match(/--dports \d+/g);

describe("etcd away for hours", () => {
  it("the last policy stays enforced and repaired, and the log says for how long etcd has been away", async () => {
    agent.kv.setOnline(false);
    await clock.advance(HOUR_MS);
    agent.kernel.tablesRestore(4, "*filter\n-F tortie-pi-P\nCOMMIT\n");
    await clock.advance(AUDIT_MS);
    expect(ports()).toEqual(["--dports 80"]);
    expect(agent.applied.filter(({ isRepair }) => isRepair)).toHaveLength(1);
    await clock.advance(2 * HOUR_MS);
    expect(ports()).toEqual(["--dports 80"]);
    expect(agent.absence.awayMs()).toBe(3 * HOUR_MS + AUDIT_MS);
    const reminders = agent.said.filter((message) => message.startsWith("etcd has not answered for"));
    expect(reminders).toHaveLength(18);
    expect(reminders.at(-1)).toMatch(/^etcd has not answered for 180 minutes; what was enforced last stays enforced$/);
  }, 60_000);

  it.each([
    ["its history still there", false],
    ["its history compacted", true],
  ])(
    "it is back with %s: caught up, said so, the status written again",
    async (_, isCompacted) => {
      agent.kv.setOnline(false);
      await clock.advance(2 * HOUR_MS);
      // Others reach it first, and the lease of our status has ended long ago.
      agent.kv.setOnline(true);
      for (const port of [81, 82, 83]) agent.open(port);
      if (isCompacted) agent.kv.compact();
      await agent.statuses.removeStatus("h1");
      await clock.advance(10_000);
      expect(ports()).toEqual(["--dports 83"]);
      expect(agent.said).toContain("etcd answers");
      expect(agent.changes).toEqual([true, false, true]);
      expect(agent.absence.awayMs()).toBe(0);
      expect(await agent.statuses.readStatuses()).toMatchObject([{ host: "h1", inSync: true }]);
      await clock.advance(HOUR_MS / 2);
      expect(agent.said.at(-1)).not.toContain("has not answered");
    },
    60_000,
  );
});
