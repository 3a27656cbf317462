import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ClassicStatus } from "#store/classic-status.ts";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";

const TTL_SECONDS = 2;
const PREFIX = "/calico/felix/v1/";

let subject: EtcdUnderTest;
beforeAll(async () => {
  subject = await etcdUnderTest();
}, 30_000);
afterEach(() => subject.clear());
afterAll(() => subject.stop());

const values = async () => Object.fromEntries((await subject.list(PREFIX)).map(({ key, value }) => [key, value]));
const revisions = async () => new Map((await subject.list(PREFIX)).map(({ key, modRevision }) => [key, modRevision]));

function statusOf(endpoints: Readonly<Record<string, "up" | "down" | "error">>): ClassicStatus {
  return {
    ...{ host: "h1", time: "2026-11-23T20:00:00.000Z", uptimeSeconds: 12.5, isFirstUpdateDone: true },
    endpoints: Object.entries(endpoints).map(([endpoint, status]) => ({
      key: { host: "h1", orchestrator: "o", workload: "w", endpoint },
      status,
    })),
  };
}

test("the classic keys hold the classic values, byte for byte", async () => {
  await subject.connect().classicStatuses.writeClassicStatus(statusOf({ e1: "up" }), TTL_SECONDS);
  const host = '{"time":"2026-11-23T20:00:00.000Z","uptime":12.5,"first_update":true}';
  expect(await values()).toEqual({
    [`${PREFIX}host/h1/last_reported_status`]: host,
    [`${PREFIX}host/h1/status`]: host,
    [`${PREFIX}host/h1/workload/o/w/endpoint/e1`]: '{"status":"up"}',
  });
});

test("an endpoint that is gone loses its key, also one an earlier run wrote; one that stays as it is is not written", async () => {
  await subject.put(`${PREFIX}host/h1/workload/o/w/endpoint/old`, '{"status":"up"}');
  await subject.put(`${PREFIX}host/h2/workload/o/w/endpoint/theirs`, '{"status":"up"}');
  const { classicStatuses } = subject.connect();
  await classicStatuses.writeClassicStatus(statusOf({ e1: "up", e2: "down" }), TTL_SECONDS);
  const before = await revisions();
  await classicStatuses.writeClassicStatus(statusOf({ e1: "up", e3: "error" }), TTL_SECONDS);
  const after = await revisions();
  const endpoints = [...after.keys()].filter((key) => key.includes("/workload/"));
  expect(endpoints.map((key) => key.slice(PREFIX.length))).toEqual([
    "host/h1/workload/o/w/endpoint/e1",
    "host/h1/workload/o/w/endpoint/e3",
    "host/h2/workload/o/w/endpoint/theirs",
  ]);
  const kept = `${PREFIX}host/h1/workload/o/w/endpoint/e1`;
  expect(after.get(kept)).toBe(before.get(kept));
});

test("the host's status vanishes with its agent, its last report stays", async () => {
  const agent = subject.connect();
  await agent.classicStatuses.writeClassicStatus(statusOf({}), TTL_SECONDS);
  await agent.close();
  await expect
    .poll(async () => Object.keys(await values()), { timeout: 10_000 })
    .toEqual([`${PREFIX}host/h1/last_reported_status`]);
}, 20_000);

test("a clean end removes the host's status at once", async () => {
  const { classicStatuses } = subject.connect();
  await classicStatuses.writeClassicStatus(statusOf({}), TTL_SECONDS);
  await classicStatuses.removeClassicStatus("h1");
  expect(Object.keys(await values())).toEqual([`${PREFIX}host/h1/last_reported_status`]);
});
