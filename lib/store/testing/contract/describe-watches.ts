import { expect, test } from "vitest";
import { recordWatch, type WatchRecord } from "#store/testing/record-watch.ts";
import { createProfile, creation, note, profileId } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const READY = "/calico/v1/Ready";

/** Snapshot, then every change, whatever happens to the connection. */
export function describeWatches(subject: () => StoreUnderTest): void {
  const open = () => subject().connect().store;
  const hasCaughtUp = async (record: WatchRecord) => {
    const entries = await subject().list("/calico/v1/");
    const wanted = new Map(entries.map(({ key, value }) => [key, value]));
    await record.until((told) => JSON.stringify([...told.state()].sort()) === JSON.stringify([...wanted].sort()));
  };

  test("a watch begins with a snapshot and goes on with each transaction, deletions without value", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    const revision = await createProfile(store, "APP");
    const version = { tags: revision, rules: revision };
    await store.commit({ writes: [{ kind: "profile", id: profileId("APP"), base: version }], journal: note() });
    await watch.until((told) => told.transactions().length === 2);
    await watch.stop();
    expect(watch.events[0]).toMatchObject({ kind: "snapshot", snapshot: { entries: [{}, {}] } });
    const told = watch.transactions().map((changes) => changes.map(({ key, value }) => [key, value]).sort());
    expect(told).toEqual([
      [
        ["/calico/v1/policy/profile/APP/rules", expect.any(String)],
        ["/calico/v1/policy/profile/APP/tags", '["APP"]'],
      ],
      [
        ["/calico/v1/policy/profile/APP/rules", undefined],
        ["/calico/v1/policy/profile/APP/tags", undefined],
      ],
    ]);
  });

  test("what one transaction wrote is told together", async () => {
    const store = open();
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    const ids = Array.from({ length: 50 }, (_, index) => `P${index}`);
    await store.commit({ writes: ids.map(creation), journal: note() });
    await watch.until((told) => told.transactions().length > 0);
    await watch.stop();
    expect(watch.transactions()[0]).toHaveLength(100);
  });

  test("journal, statuses and other programs' keys are not told", async () => {
    const { store, statuses } = subject().connect();
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    await subject().put("/calico/v10/other", "x");
    await statuses.removeStatus("h1");
    await subject().put("/tortie/v1/intent/1", "x");
    await subject().put(READY, "true");
    await watch.until((told) => told.transactions().length > 0);
    await watch.stop();
    expect(watch.transactions().flat()).toEqual([{ key: READY, value: "true", modRevision: expect.any(Number) }]);
  });

  test("nothing is lost and nothing told twice while the connection is cut again and again", async () => {
    const watch = recordWatch(open());
    await watch.until((told) => told.snapshotCount() === 1);
    const written: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const writes = (async () => {
        for (let index = 0; index < 20; index += 1) {
          const value = `${round}-${index}`;
          await subject().put(READY, value);
          written.push(value);
        }
      })();
      await Promise.all([writes, subject().interrupt()]);
    }
    await watch.until((told) => told.state().get(READY) === "2-19");
    await watch.stop();
    const told = watch.transactions().flatMap((changes) => changes.map(({ value }) => value));
    // A put whose acknowledgement was lost is sent again, so a value may be written twice; the order is what counts.
    expect(told.filter((value, index) => value !== told[index - 1])).toEqual(written);
    expect(watch.snapshotCount()).toBe(1);
    expect(watch.events.filter(({ kind }) => kind === "disconnected").length).toBeGreaterThan(0);
    const connections = watch.events.filter(({ kind }) => kind.endsWith("connected")).map(({ kind }) => kind);
    expect(connections).toEqual(connections.map((_, index) => (index % 2 === 0 ? "disconnected" : "connected")));
  }, 30_000);

  test("a compaction while nobody is away loses nothing", async () => {
    const watch = recordWatch(open());
    await watch.until((told) => told.snapshotCount() === 1);
    await subject().put(READY, "1");
    await watch.until((told) => told.transactions().length === 1);
    await subject().compact();
    await subject().put(READY, "2");
    await subject().compact();
    await subject().put(READY, "3");
    await watch.until((told) => told.state().get(READY) === "3");
    await watch.stop();
  });

  test("a store that was wiped behind the watch is told anew", async () => {
    const watch = recordWatch(open());
    for (let index = 0; index < 5; index += 1) await subject().put(READY, `old ${index}`);
    await watch.until((told) => told.state().get(READY) === "old 4");
    await subject().wipe();
    await subject().put("/calico/v1/config/Name", "new");
    await hasCaughtUp(watch);
    await subject().put("/calico/v1/config/Name", "newer");
    await hasCaughtUp(watch);
    await watch.stop();
    expect([...watch.state()]).toEqual([["/calico/v1/config/Name", "newer"]]);
  }, 30_000);

  test("a wiped store that has overtaken the old revision is told anew too", async () => {
    const watch = recordWatch(open());
    for (let index = 0; index < 3; index += 1) await subject().put(READY, `old ${index}`);
    await watch.until((told) => told.state().get(READY) === "old 2");
    await subject().wipe(async () => {
      for (let index = 0; index < 30; index += 1) await subject().put(`/calico/v1/config/C${index}`, "new");
    });
    await hasCaughtUp(watch);
    await watch.stop();
    expect(watch.state().has(READY)).toBe(false);
  }, 30_000);

  test("a slow reader misses nothing", async () => {
    const abort = new AbortController();
    const events = open().watch(abort.signal)[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { kind: "snapshot" } });
    for (let index = 0; index < 200; index += 1) await subject().put(READY, String(index));
    const told: unknown[] = [];
    while (told.length < 200) {
      const { value } = await events.next();
      if (value?.kind === "changes") told.push(value.changes[0]?.value);
    }
    expect(told).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
    abort.abort();
    expect(await events.next()).toMatchObject({ done: true });
  }, 15_000);

  test("an aborted signal ends a watch that waits, and one that never began", async () => {
    const store = open();
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    await watch.stop();
    for await (const event of store.watch(AbortSignal.abort())) expect(event).toBe("nothing is told");
  });

  test("a reader may simply leave the loop", async () => {
    const store = open();
    for await (const event of store.watch(new AbortController().signal)) {
      expect(event.kind).toBe("snapshot");
      break;
    }
    await createProfile(store, "WEB");
  });
}
