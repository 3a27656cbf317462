import { describe, expect, it } from "vitest";
import { orphanPlanner } from "#agent/orphan-planner.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { passesNode } from "#dataplane/testing/simulated-node.ts";
import { tinyPackets } from "#dataplane/testing/tiny-world.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

const GRACE_MS = 60_000;
const state = (profile: string) => ({
  profiles: { [profile]: { tags: ["T"], rules: { inbound_rules: [{ src_tag: "T" }], outbound_rules: [{}] } } },
  endpoints: {
    e: { host: "h1", state: "active", name: "cali0", profile_ids: [profile], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] },
  },
});

function policyOf(value: unknown) {
  const snapshot = snapshotFromEntries(parseStateValue(value).entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4] }).options);
}

/** What an earlier layout left: its own hooks, chains that lead to each other, a set. */
const LAYOUT_0 = [
  ":tortie-FWD - [0:0]",
  ":tortie-old-1 - [0:0]",
  "-A tortie-FWD -j tortie-old-1",
  "-A tortie-old-1 -m set --match-set tortie-v4-OLD src -j ACCEPT",
  "-I FORWARD 1 -j tortie-FWD",
  "-I OUTPUT 1 -j tortie-FWD",
];

function withLayout0(): FakeKernel {
  const kernel = fakeKernel([4]);
  kernel.ipsetRestore("create tortie-v4-OLD hash:ip family inet maxelem 10\nadd tortie-v4-OLD 10.0.0.3");
  kernel.tablesRestore(4, `*filter\n${LAYOUT_0.join("\n")}\nCOMMIT\n`);
  return kernel;
}

/** One run of an agent: plans from what it believes, reads only at its start or when told. */
function startRun(kernel: FakeKernel, clock: { ms: number }) {
  const planner = orphanPlanner({ now: () => clock.ms, graceMs: GRACE_MS });
  let belief: Awaited<ReturnType<FakeKernel["read"]>> | undefined;
  const bring = async (value: unknown) => {
    belief ??= await kernel.read();
    const policy = policyOf(value);
    const { plan, after } = planner.plan(belief, policy, policy);
    await kernel.run(plan);
    expect(await kernel.read()).toEqual(after);
    belief = after;
    return plan;
  };
  return { planner, bring, forget: () => (belief = undefined) };
}

const orphansOf = (kernel: FakeKernel) => [
  ...new Set((kernel.saveTables(4) + kernel.saveSets()).match(/tortie-(FWD|old-1|v4-OLD)/g)),
];
const ALL = ["tortie-FWD", "tortie-old-1", "tortie-v4-OLD"];

describe("what an earlier layout left", () => {
  it("is not led to from the first plan on, stays as it was through the grace, and goes with its end", async () => {
    const kernel = withLayout0();
    const clock = { ms: 1_000_000 };
    const run = startRun(kernel, clock);
    await run.bring(state("P"));
    expect(kernel.saveTables(4)).not.toMatch(/-A (FORWARD|OUTPUT) -j tortie-FWD/);
    expect(kernel.saveTables(4)).toContain("-A tortie-old-1 -m set --match-set tortie-v4-OLD src -j ACCEPT");
    expect(orphansOf(kernel).sort()).toEqual(ALL);
    expect([run.planner.waiting, run.planner.dueAtMs]).toEqual([3, clock.ms + GRACE_MS]);
    expect(await run.bring(state("P"))).toEqual([]);
    clock.ms += GRACE_MS - 1;
    await run.bring(state("Q"));
    expect(orphansOf(kernel).sort()).toEqual(ALL);
    expect(kernel.saveTables(4)).not.toContain("tortie-pi-P");
    clock.ms += 1;
    await run.bring(state("Q"));
    expect(kernel.saveTables(4) + kernel.saveSets()).not.toMatch(/FWD|old|OLD|orphans/);
    expect(run.planner.waiting).toBe(0);
    expect(await run.bring(state("Q"))).toEqual([]);
  });

  it("lets no packet by that the policy does not, at any step", async () => {
    const kernel = withLayout0();
    const clean = fakeKernel([4]);
    const clock = { ms: 0 };
    await startRun(clean, clock).bring(state("P"));
    const verdicts = (one: FakeKernel) => tinyPackets.map((packet) => passesNode(one.simulated(4), packet, "forward"));
    const wanted = verdicts(clean);
    const before = verdicts(kernel);
    kernel.onChange = () => {
      for (const [index, passed] of verdicts(kernel).entries())
        if (passed) expect(before[index] || wanted[index]).toBe(true);
    };
    const run = startRun(kernel, clock);
    await run.bring(state("P"));
    expect(verdicts(kernel)).toEqual(wanted);
    clock.ms += GRACE_MS;
    await run.bring(state("P"));
    expect(verdicts(kernel)).toEqual(wanted);
  });

  it("waits no longer because of restarts, and no less", async () => {
    const kernel = withLayout0();
    const clock = { ms: 5_000_000 };
    await startRun(kernel, clock).bring(state("P"));
    for (let restart = 0; restart < 5; restart += 1) {
      clock.ms += GRACE_MS / 6;
      await startRun(kernel, clock).bring(state("P"));
      expect(orphansOf(kernel).sort()).toEqual(ALL);
    }
    clock.ms += GRACE_MS / 6;
    await startRun(kernel, clock).bring(state("P"));
    expect(orphansOf(kernel)).toEqual([]);
  });

  it("waits its grace and no more when the clock was set back meanwhile", async () => {
    const kernel = withLayout0();
    const clock = { ms: 5_000_000 };
    await startRun(kernel, clock).bring(state("P"));
    clock.ms = 1_000_000;
    const run = startRun(kernel, clock);
    await run.bring(state("P"));
    expect(run.planner.dueAtMs).toBe(clock.ms + GRACE_MS);
  });

  it("goes at once where it holds what the policy names", async () => {
    const kernel = fakeKernel([4]);
    await startRun(kernel, { ms: 0 }).bring(state("P"));
    kernel.tablesRestore(
      4,
      "*filter\n:tortie-held - [0:0]\n-A tortie-held -m set --match-set tortie-4a-T src -j DROP\nCOMMIT\n",
    );
    await startRun(kernel, { ms: 0 }).bring(state("P"));
    expect(kernel.saveTables(4)).not.toContain("tortie-held");
  });

  it("is not what this run made itself, also when a plan of it failed: that goes at once", async () => {
    const kernel = fakeKernel([4]);
    const run = startRun(kernel, { ms: 0 });
    await run.bring(state("P"));
    const [carryOut, error] = [kernel.run, new Error("refused")];
    kernel.run = () => Promise.reject(error);
    await expect(run.bring(state("Q"))).rejects.toThrow(error);
    kernel.run = carryOut;
    run.forget();
    await run.bring(state("Q"));
    expect(kernel.saveTables(4)).not.toContain("tortie-pi-P");
    expect(run.planner.waiting).toBe(0);
  });
});
