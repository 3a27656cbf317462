import { afterAll, beforeAll, expect, test } from "vitest";
import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";
import { recordWatch } from "#store/testing/record-watch.ts";
import { addTag, createProfile, profileId } from "#store/testing/sample-changes.ts";
import { startEtcdCluster, type TestEtcdCluster } from "#store/testing/start-etcd-cluster.ts";

let cluster: TestEtcdCluster;
const connections: EtcdConnection[] = [];
beforeAll(async () => {
  cluster = await startEtcdCluster();
}, 30_000);
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await cluster.stop();
});

function connect(firstMember = 0): EtcdConnection {
  const endpoints = [0, 1, 2].map((offset) => cluster.endpoints[(firstMember + offset) % 3] ?? "");
  const connection = connectEtcd({ endpoints, heartbeatMs: 500, callTimeoutMs: 2_000, retryForMs: 8_000 });
  connections.push(connection);
  return connection;
}

test("members are killed and restarted in turn: no acknowledged edit is lost, no event missed, none told twice", async () => {
  const first = connect().store;
  await createProfile(first, "WEB");
  const watches = [0, 1, 2].map((member) => recordWatch(connect(member).store));
  await Promise.all(watches.map((watch) => watch.until((told) => told.snapshotCount() > 0)));
  const acknowledged: string[] = [];
  let isOver = false;
  const writers = [0, 1, 2].map(async (member) => {
    const { store } = connect(member);
    for (let edit = 0; !isOver; edit += 1) {
      const name = `W${member}-${edit}`;
      try {
        await addTag(store, "WEB", name);
        acknowledged.push(name);
      } catch (error) {
        // Unknown outcome: neither acknowledged nor refused.
        if (!(error instanceof StoreUnavailableError)) throw error;
      }
    }
  });
  const progress = async () => {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 10);
  };
  for (const member of cluster.members) {
    await progress();
    await member.kill();
    // Two of three go on.
    await progress();
    await member.restart();
  }
  isOver = true;
  await Promise.all(writers);
  const read = await first.readProfile(profileId("WEB"));
  const stored = read?.profile.tags.kind === "valid" ? read.profile.tags.value : [];
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining(acknowledged));
  for (const watch of watches) {
    await watch.until((told) => told.state().get("/calico/v1/policy/profile/WEB/tags") === JSON.stringify(stored));
    await watch.stop();
    expect(watch.snapshotCount()).toBe(1);
    // Each transaction added one tag, so the lengths told count up without a gap.
    const lengths = watch.transactions().map(([change]) => JSON.parse(change?.value ?? "[]").length);
    expect(lengths).toEqual(lengths.map((_, index) => (lengths[0] ?? 0) + index));
    expect(lengths.at(-1)).toBe(stored.length);
  }
}, 90_000);

test("a member that is frozen is left for another by calls and by watches", async () => {
  const { store } = connect(1);
  await createProfile(store, "APP");
  const watch = recordWatch(store);
  await watch.until((told) => told.snapshotCount() === 1);
  cluster.members[1]?.freeze();
  try {
    await addTag(store, "APP", "MORE");
    await watch.until((told) => told.state().get("/calico/v1/policy/profile/APP/tags") === '["APP","MORE"]');
  } finally {
    cluster.members[1]?.thaw();
  }
  await watch.stop();
}, 60_000);

test("without a quorum nothing is acknowledged and the store is unavailable; with it, it goes on", async () => {
  const { store } = connect(0);
  await createProfile(store, "DB");
  const watch = recordWatch(store);
  await watch.until((told) => told.snapshotCount() === 1);
  await Promise.all([cluster.members[1]?.kill(), cluster.members[2]?.kill()]);
  await watch.until((told) => told.events.at(-1)?.kind === "disconnected", 30_000);
  await expect(addTag(store, "DB", "LOST")).rejects.toThrow(StoreUnavailableError);
  await Promise.all([cluster.members[1]?.restart(), cluster.members[2]?.restart()]);
  await addTag(store, "DB", "FOUND");
  const tags = (await store.readProfile(profileId("DB")))?.profile.tags;
  await watch.until((told) => told.state().get("/calico/v1/policy/profile/DB/tags")?.includes("FOUND") === true);
  await watch.stop();
  expect(tags).toMatchObject({ kind: "valid", value: expect.arrayContaining(["DB", "FOUND"]) });
}, 90_000);
