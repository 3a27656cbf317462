import { describe, expect, it } from "vitest";
import { systemClock } from "#agent/clock.ts";
import type { AppliedPlan } from "#agent/kernel-mirror.ts";
import { reconcile } from "#agent/reconcile.ts";
import type { NodeProgress } from "#agent/reconciled-node.ts";
import { pushedStream } from "#agent/testing/pushed-stream.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import type { LiveSnapshot } from "#store/live-snapshot.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

const STATE = {
  profiles: { WEB: { tags: ["WEB"], rules: { inbound_rules: [{ src_tag: "WEB" }], outbound_rules: [{}] } } },
  endpoints: {
    e: { host: "n1", state: "active", name: "cali1", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] },
  },
};

function live(state: object, storeRevision: number): LiveSnapshot {
  const snapshot = { ...snapshotFromEntries(parseStateValue(state).entries), revision: storeRevision };
  return { snapshot, storeRevision, changedKeys: "all", connected: true };
}

/** An agent on a kernel in memory; `ends` tells when its loop has ended. */
function startAgent(kernel: FakeKernel, auditIntervalMs = 60_000) {
  const snapshots = pushedStream<LiveSnapshot>();
  const progress: NodeProgress[] = [];
  const applied: AppliedPlan[] = [];
  const ends = reconcile({
    snapshots: snapshots.stream,
    kernel,
    settings: (snapshot) => nodeSettings(snapshot, { host: "n1", families: [4, 6] }),
    ...systemClock,
    log: quiet,
    auditIntervalMs,
    orphanGraceMs: 0,
    onProgress: (next) => progress.push(next),
    onApplied: (plan) => applied.push(plan),
  });
  return { snapshots, progress, applied, ends };
}

async function until(claim: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!claim()) {
    if (Date.now() > deadline) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("the agent's loop", () => {
  it("writes the closing frame before any snapshot, and the policy after the first", async () => {
    const kernel = fakeKernel();
    const agent = startAgent(kernel);
    await until(() => kernel.saveTables(4).includes("-j tortie-FORWARD"));
    expect(kernel.saveTables(4)).not.toContain("cali1 ");
    expect(agent.progress).toEqual([]);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.at(-1)?.appliedRevision === 5);
    expect(kernel.saveTables(4)).toContain("-i cali1 -g tortie-eo-WEB");
    expect(kernel.saveSets()).toContain("add tortie-4a-WEB 10.0.0.1\n");
    expect(agent.progress.at(-1)).toMatchObject({ inSync: true, interfaces: ["cali1"], rejected: [] });
    agent.snapshots.end();
    await agent.ends;
  });

  it("D9 closes what it can before any snapshot where the kernel refuses the frame, and says so", async () => {
    const kernel = fakeKernel();
    kernel.refuses = { line: (line) => line.includes("conntrack"), isNamed: true };
    const agent = startAgent(kernel);
    await until(() => agent.progress.length > 0);
    for (const family of [4, 6] as const)
      expect(kernel.saveTables(family)).toContain("-A tortie-FORWARD -i cali+ -j DROP\n");
    expect(agent.progress.at(-1)).toMatchObject({ inSync: false, rejected: [{ key: "IPv4" }, { key: "IPv6" }] });
    agent.snapshots.end();
    await agent.ends;
  });

  it("leaves what an earlier run programmed until it has a snapshot", async () => {
    const kernel = fakeKernel();
    const first = startAgent(kernel);
    first.snapshots.push(live(STATE, 5));
    await until(() => first.progress.length > 0);
    first.snapshots.end();
    await first.ends;
    const before = kernel.saveTables(4) + kernel.saveTables(6) + kernel.saveSets();
    const second = startAgent(kernel, 20);
    second.snapshots.push({ ...live({}, 0), connected: false });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(kernel.saveTables(4) + kernel.saveTables(6) + kernel.saveSets()).toBe(before);
    expect(second.applied).toEqual([]);
    second.snapshots.end();
    await second.ends;
  });

  it("closes again what somebody flushed while it was away and etcd is not there", async () => {
    const kernel = fakeKernel();
    const first = startAgent(kernel);
    first.snapshots.push(live(STATE, 5));
    await until(() => first.progress.length > 0);
    first.snapshots.end();
    await first.ends;
    const chains = [...kernel.saveTables(4).matchAll(/^:(\S+)/gm)].map(([, chain]) => `-F ${chain}\n`);
    kernel.tablesRestore(4, `*filter\n${chains.filter((line) => !line.includes("PREROUTING")).join("")}COMMIT\n`);
    const second = startAgent(kernel);
    await until(() => second.applied.length > 0);
    expect(kernel.saveTables(4)).toMatch(/-A tortie-from .* -j DROP/);
    expect(kernel.saveTables(4)).toMatch(/-A FORWARD .* -j tortie-FORWARD/);
    second.snapshots.end();
    await second.ends;
  });

  it("puts right at the audit what another program changed, and counts it", async () => {
    const kernel = fakeKernel();
    const agent = startAgent(kernel, 20);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.length > 0);
    kernel.ipsetRestore("del tortie-4a-WEB 10.0.0.1\n");
    await until(() => kernel.saveSets().includes("add tortie-4a-WEB 10.0.0.1\n"));
    expect(agent.applied.filter(({ isRepair }) => isRepair)).toHaveLength(1);
    agent.snapshots.end();
    await agent.ends;
  });

  it("applies a change while an audit reads, does not undo it then, and repairs at the next what others did", async () => {
    const kernel = fakeKernel();
    let [mayRead, hasRead, mayEnd, audits, refused] = [false, false, false, 0, 0];
    const run = kernel.run;
    kernel.run = (plan) =>
      run(plan).catch((error: unknown) => {
        refused += 1;
        throw error;
      });
    kernel.readDrift = async () => {
      audits += 1;
      await until(() => mayRead);
      const read = await kernel.read();
      hasRead = true;
      await until(() => mayEnd);
      return read;
    };
    const agent = startAgent(kernel, 20);
    agent.snapshots.push(live({}, 5));
    await until(() => audits === 1);
    agent.snapshots.push(live(STATE, 6));
    await until(() => agent.progress.at(-1)?.appliedRevision === 6);
    expect(kernel.saveTables(4)).toContain("-i cali1 -g tortie-eo-WEB");
    mayRead = true;
    await until(() => hasRead);
    agent.snapshots.push(live({}, 7));
    await until(() => agent.progress.at(-1)?.appliedRevision === 7);
    mayEnd = true;
    await until(() => audits === 3);
    expect(refused).toBe(0);
    expect(agent.applied.filter(({ isRepair }) => isRepair)).toEqual([]);
    kernel.tablesRestore(6, "*filter\n-F tortie-FORWARD\nCOMMIT\n");
    await until(() => kernel.saveTables(6).includes("-A tortie-FORWARD "));
    await until(() => agent.applied.some(({ isRepair }) => isRepair));
    agent.snapshots.end();
    await agent.ends;
  });

  it("repairs without another audit what others did to a chain that we wrote while the audit read it", async () => {
    const kernel = fakeKernel();
    let [mayEnd, hasRead, audits] = [false, false, 0];
    kernel.readDrift = async () => {
      audits += 1;
      if (audits > 1) return new Promise(() => undefined);
      kernel.tablesRestore(4, "*filter\n-I tortie-from 1 -j ACCEPT\nCOMMIT\n");
      const read = await kernel.read();
      hasRead = true;
      await until(() => mayEnd);
      return read;
    };
    const agent = startAgent(kernel, 20);
    agent.snapshots.push(live({}, 5));
    await until(() => hasRead);
    agent.snapshots.push(live(STATE, 6));
    await until(() => agent.progress.at(-1)?.appliedRevision === 6);
    mayEnd = true;
    await until(() => !kernel.saveTables(4).includes("-A tortie-from -j ACCEPT"));
    expect(kernel.saveTables(4)).toContain("-i cali1 -g tortie-eo-WEB");
    agent.snapshots.end();
    await agent.ends;
  });

  it("reads everything anew when an audit's reading fails", async () => {
    const kernel = fakeKernel();
    kernel.readDrift = async () => {
      throw new CommandFailedError(["ipset"], 1, "no");
    };
    const agent = startAgent(kernel, 20);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.length > 0);
    kernel.ipsetRestore("del tortie-4a-WEB 10.0.0.1\n");
    await until(() => kernel.saveSets().includes("add tortie-4a-WEB 10.0.0.1\n"));
    agent.snapshots.end();
    await agent.ends;
  });

  it("tries again when the kernel refuses, says so meanwhile, and recovers", async () => {
    const kernel = fakeKernel();
    let refusals = 3;
    const run = kernel.run;
    kernel.run = async (plan) => {
      refusals -= 1;
      if (refusals >= 0) throw new CommandFailedError(["iptables-restore"], 4, "resource busy");
      return run(plan);
    };
    const agent = startAgent(kernel);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.at(-1)?.inSync === true);
    expect(agent.progress[0]).toMatchObject({ inSync: false, failure: "iptables-restore: resource busy" });
    expect(agent.progress.at(-1)?.failure).toBeUndefined();
    agent.snapshots.end();
    await agent.ends;
  });

  it("takes the newest of many snapshots that came while it was busy", async () => {
    const kernel = fakeKernel();
    const run = kernel.run;
    kernel.run = async (plan) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return run(plan);
    };
    const agent = startAgent(kernel);
    for (let revision = 5; revision < 105; revision += 1) agent.snapshots.push(live(STATE, revision));
    await until(() => agent.progress.at(-1)?.appliedRevision === 104);
    expect(agent.progress.length).toBeLessThan(10);
    agent.snapshots.end();
    await agent.ends;
  });

  it("stays as it is while Ready says no", async () => {
    const kernel = fakeKernel();
    const agent = startAgent(kernel);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.length > 0);
    const before = kernel.saveTables(4);
    agent.snapshots.push(live({ ready: "false" }, 6));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(kernel.saveTables(4)).toBe(before);
    agent.snapshots.push(live({ ready: "true" }, 7));
    await until(() => agent.progress.at(-1)?.appliedRevision === 7);
    expect(kernel.saveTables(4)).not.toContain("cali1 ");
    agent.snapshots.end();
    await agent.ends;
  });

  it("leaves the kernel enforcing when it ends", async () => {
    const kernel = fakeKernel();
    const agent = startAgent(kernel);
    agent.snapshots.push(live(STATE, 5));
    await until(() => agent.progress.length > 0);
    const before = kernel.saveTables(4);
    agent.snapshots.end();
    await agent.ends;
    expect(kernel.saveTables(4)).toBe(before);
  });
});
