import { afterAll, beforeAll, expect, test } from "vitest";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";
import { recordWatch } from "#store/testing/record-watch.ts";
import { addTag, createProfile, profileId } from "#store/testing/sample-changes.ts";

let subject: EtcdUnderTest;
beforeAll(async () => {
  subject = await etcdUnderTest();
}, 30_000);
afterAll(() => subject.stop());

test("etcd is killed five times under writers and watchers: no acknowledged edit is lost, no event missed", async () => {
  const watched = subject.connect().store;
  await createProfile(watched, "WEB");
  const watches = [recordWatch(watched), recordWatch(watched), recordWatch(subject.connect().store)];
  await Promise.all(watches.map((watch) => watch.until((told) => told.snapshotCount() > 0)));
  const acknowledged: string[] = [];
  let isOver = false;
  const writers = Array.from({ length: 3 }, async (_, writer) => {
    const { store } = subject.connect();
    for (let edit = 0; !isOver; edit += 1) {
      const name = `W${writer}-${edit}`;
      try {
        await addTag(store, "WEB", name);
        acknowledged.push(name);
      } catch (error) {
        // Unknown outcome: neither acknowledged nor refused.
        if (!(error instanceof StoreUnavailableError)) throw error;
      }
    }
  });
  for (let round = 0; round < 5; round += 1) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 10);
    await subject.server.kill();
    await subject.server.restart();
  }
  isOver = true;
  await Promise.all(writers);
  const read = await watched.readProfile(profileId("WEB"));
  const stored = read?.profile.tags.kind === "valid" ? read.profile.tags.value : [];
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining(acknowledged));
  const journal = await subject.list("/tortie/v1/journal/");
  for (const watch of watches) {
    await watch.until((told) => told.state().get("/calico/v1/policy/profile/WEB/tags") === JSON.stringify(stored));
    await watch.stop();
    expect(watch.snapshotCount()).toBe(1);
    // Every transaction of ours has one journal entry; the watch told each of them, except the one before it began.
    const told = watch.transactions().map(([change]) => change?.modRevision);
    expect(told).toEqual(
      journal
        .map(({ modRevision }) => modRevision)
        .sort((a, b) => a - b)
        .slice(1),
    );
  }
}, 90_000);

test("a compaction while etcd is away gives a new snapshot", async () => {
  const watch = recordWatch(subject.connect().store);
  await watch.until((told) => told.snapshotCount() === 1);
  subject.wire.cut();
  await watch.until((told) => told.events.at(-1)?.kind === "disconnected");
  for (let index = 0; index < 10; index += 1) await subject.put("/calico/v1/Ready", String(index));
  await subject.compact();
  subject.wire.restore();
  await watch.until((told) => told.state().get("/calico/v1/Ready") === "9");
  await subject.put("/calico/v1/Ready", "10");
  await watch.until((told) => told.state().get("/calico/v1/Ready") === "10");
  await watch.stop();
  expect(watch.events.map(({ kind }) => kind).filter((kind) => kind !== "changes")).toEqual([
    "snapshot",
    "disconnected",
    "connected",
    "snapshot",
  ]);
}, 30_000);

test("a store that cannot be reached at first is told as disconnected, and then as it is", async () => {
  subject.wire.cut();
  const watch = recordWatch(subject.connect().store);
  await watch.until((told) => told.events.length > 0);
  subject.wire.restore();
  await watch.until((told) => told.snapshotCount() === 1);
  await watch.stop();
  expect(watch.events.map(({ kind }) => kind)).toEqual(["disconnected", "connected", "snapshot"]);
}, 30_000);

test("a frozen etcd is noticed by calls and by watches, and both go on when it thaws", async () => {
  const { store } = subject.connect();
  const watch = recordWatch(store);
  await watch.until((told) => told.snapshotCount() === 1);
  subject.server.freeze();
  try {
    await watch.until((told) => told.events.at(-1)?.kind === "disconnected");
    await expect(store.readSnapshot()).rejects.toThrow(StoreUnavailableError);
  } finally {
    subject.server.thaw();
  }
  await subject.put("/calico/v1/Ready", "thawed");
  await watch.until((told) => told.state().get("/calico/v1/Ready") === "thawed");
  expect((await store.readSnapshot()).entries).toContainEqual(expect.objectContaining({ value: "thawed" }));
  await watch.stop();
  expect(watch.snapshotCount()).toBe(1);
}, 60_000);

test("a store that was wiped and then filled with nearly the same is known by its journal", async () => {
  const { store } = subject.connect();
  await subject.wipe();
  await createProfile(store, "WEB");
  await subject.put("/calico/v1/Ready", "true");
  const watch = recordWatch(store);
  await watch.until((told) => told.snapshotCount() === 1);
  await subject.wipe(async () => {
    // Revisions 2 and 3 as before, so the newest change looks the same.
    await subject.put("/calico/v1/config/Other", "x");
    await subject.put("/calico/v1/Ready", "true");
  });
  await watch.until((told) => told.snapshotCount() === 2);
  await watch.stop();
  expect([...watch.state().keys()]).toEqual(["/calico/v1/Ready", "/calico/v1/config/Other"]);
}, 30_000);
