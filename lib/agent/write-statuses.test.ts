import { describe, expect, it } from "vitest";
import type { NodeFacts } from "#agent/node-status.ts";
import { statusWriter } from "#agent/write-statuses.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import type { ClassicStatus } from "#store/classic-status.ts";
import type { HostStatus } from "#store/node-status-store.ts";
import { StorePermissionError } from "#store/policy-store.ts";

const START = Date.parse("2026-11-23T20:00:00.000Z");

const endpoint = (name: string, more: object = {}) => ({
  ...{ host: "n1", state: "active", name, profile_ids: ["P"], ipv4_nets: [], ipv6_nets: [], ...more },
});
const SNAPSHOT = snapshotFromEntries(
  parseStateValue({
    profiles: { P: { tags: [], rules: { inbound_rules: [], outbound_rules: [] } } },
    endpoints: {
      up: endpoint("cali1"),
      unplugged: endpoint("cali2"),
      resting: endpoint("cali3", { state: "inactive" }),
      odd: endpoint("eth7"),
      elsewhere: endpoint("cali4", { host: "n2" }),
      broken: endpoint("cali5", { invalid: true }),
    },
  }).entries,
);
const FACTS: NodeFacts = {
  identity: { host: "n1", version: "1", backend: "nft", startedAt: new Date(START - 60_000).toISOString() },
  progress: {
    snapshot: SNAPSHOT,
    appliedRevision: 7,
    appliedAtMs: START,
    inSync: true,
    rejected: [{ key: "n1/manual/odd/odd", reason: "interface eth7 does not begin with cali" }],
    waitingOrphans: 0,
    interfaces: ["cali1", "cali2"],
  },
  interfaceStates: new Map([["cali1", "up"]]),
};

function listening(isRefused = false) {
  const ours: HostStatus[] = [];
  const classic: ClassicStatus[] = [];
  const warnings: string[] = [];
  const write = statusWriter({
    statuses: { writeStatus: async (status) => void ours.push(status) },
    classicStatuses: {
      async writeClassicStatus(status) {
        if (isRefused) throw new StorePermissionError("no right");
        classic.push(status);
      },
    },
    log: { info: () => {}, warn: (_, message) => void warnings.push(message), error: () => {} },
  });
  return { ours, classic, warnings, write: (facts: NodeFacts, ms = 0) => write(facts, new Date(START + ms)) };
}

describe("what the agent says of itself", () => {
  it("ours names interfaces, the classic one endpoints by their keys: this host's, and what became of each", async () => {
    const { ours, classic, write } = listening();
    await write(FACTS);
    expect(ours[0]).toMatchObject({ appliedRevision: 7, inSync: true, endpoints: { cali1: "up", cali2: "down" } });
    expect(classic[0]).toMatchObject({ time: "2026-11-23T20:00:00.000Z", uptimeSeconds: 60, isFirstUpdateDone: true });
    const states = classic[0]?.endpoints.map(({ key, status }) => [key.endpoint, status]);
    expect(Object.fromEntries(states ?? [])).toEqual({
      ...{ up: "up", unplugged: "down", resting: "down", odd: "error", broken: "error" },
    });
  });

  it("a change the kernel refused puts what is enforced in error, with the kernel's words", async () => {
    const { ours, classic, write } = listening();
    await write({ ...FACTS, progress: { ...FACTS.progress, inSync: false, failure: "resource busy" } });
    expect(ours[0]?.endpoints).toEqual({ cali1: "error", cali2: "error" });
    expect(ours[0]?.rejected.at(-1)).toEqual({ key: "kernel", reason: "resource busy" });
    expect(classic[0]?.endpoints.find(({ key }) => key.endpoint === "up")?.status).toBe("error");
  });

  it("before the first snapshot the classic one says so and names no endpoint", async () => {
    const { classic, write } = listening();
    const progress = { appliedRevision: 0, inSync: false, rejected: [], waitingOrphans: 0, interfaces: [] };
    await write({ ...FACTS, progress });
    expect(classic[0]).toMatchObject({ isFirstUpdateDone: false, endpoints: [] });
  });

  it("the classic one is written when it says something new, and at the heartbeat", async () => {
    const { ours, classic, write } = listening();
    await write(FACTS);
    await write({ ...FACTS, progress: { ...FACTS.progress, appliedRevision: 8 } }, 1_000);
    expect([ours.length, classic.length]).toEqual([2, 1]);
    await write({ ...FACTS, interfaceStates: new Map() }, 2_000);
    await write(FACTS, 3_000);
    await write(FACTS, 33_000);
    expect([ours.length, classic.length]).toEqual([5, 4]);
  });

  it("without the right to write the classic keys ours goes on, and it is said once", async () => {
    const { ours, warnings, write } = listening(true);
    await write(FACTS);
    await write(FACTS, 31_000);
    expect([ours.length, warnings.length]).toEqual([2, 1]);
  });
});
