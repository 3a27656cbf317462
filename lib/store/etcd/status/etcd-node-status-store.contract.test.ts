import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { hostStatusKey } from "#store/store-keys.ts";
import { sampleStatus } from "#store/testing/contract/describe-statuses.ts";

// The shortest lease etcd gives with its default election timeout.
const TTL_SECONDS = 2;

let subject: EtcdUnderTest;
beforeAll(async () => {
  subject = await etcdUnderTest();
}, 30_000);
afterEach(() => subject.clear());
afterAll(() => subject.stop());

const hosts = async () => (await subject.connect().statuses.readStatuses()).map(({ host }) => host);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("a status lives as long as its agent's connection, without being written again, and then vanishes", async () => {
  const agent = subject.connect();
  await agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  await pause(2.5 * TTL_SECONDS * 1_000);
  expect(await hosts()).toEqual(["h1"]);
  await agent.close();
  await expect.poll(hosts, { timeout: 10_000 }).toEqual([]);
}, 30_000);

test("a status whose lease ran out while etcd could not be reached is there again with its newest value", async () => {
  const agent = subject.connect();
  await agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  subject.wire.cut();
  await expect(agent.statuses.writeStatus(sampleStatus("h1", 9), TTL_SECONDS)).rejects.toThrow();
  await expect.poll(async () => (await subject.list("/tortie/v1/host/")).length, { timeout: 10_000 }).toBe(0);
  subject.wire.restore();
  const readers = subject.connect().statuses;
  await expect.poll(() => readers.readStatuses(), { timeout: 10_000 }).toEqual([sampleStatus("h1", 9)]);
}, 30_000);

test("a removed status does not come back with a keep-alive", async () => {
  const agent = subject.connect();
  await agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  await agent.statuses.removeStatus("h1");
  await pause(TTL_SECONDS * 1_000);
  expect(await hosts()).toEqual([]);
  await agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  expect(await hosts()).toEqual(["h1"]);
}, 20_000);

test("a heartbeat that says the same writes nothing, unless somebody else removed or replaced the status", async () => {
  const agent = subject.connect();
  const heartbeat = () => agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  const revision = async () => (await subject.hand.get(hostStatusKey("h1")).exec()).kvs[0]?.mod_revision;
  await heartbeat();
  const written = await revision();
  await heartbeat();
  expect(await revision()).toBe(written);
  await subject.hand.delete().key(hostStatusKey("h1"));
  await heartbeat();
  expect(await hosts()).toEqual(["h1"]);
  await subject.hand.put(hostStatusKey("h1")).value(JSON.stringify(sampleStatus("h1", 7)));
  await heartbeat();
  expect(await agent.statuses.readStatuses()).toEqual([sampleStatus("h1")]);
}, 20_000);

test("many writes at once start one lease", async () => {
  const agent = subject.connect();
  const writes = Array.from({ length: 20 }, (_, index) =>
    agent.statuses.writeStatus(sampleStatus("h1", index), TTL_SECONDS),
  );
  await Promise.all(writes);
  expect(await agent.statuses.readStatuses()).toEqual([sampleStatus("h1", 19)]);
  const before = (await subject.hand.leaseClient.leaseLeases()).leases.length;
  await agent.statuses.writeStatus(sampleStatus("h1"), TTL_SECONDS);
  expect((await subject.hand.leaseClient.leaseLeases()).leases).toHaveLength(before);
});
