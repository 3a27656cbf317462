import { afterAll, beforeAll, expect, test } from "vitest";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { recordWatch } from "#store/testing/record-watch.ts";

let subject: EtcdUnderTest;
beforeAll(async () => {
  subject = await etcdUnderTest();
}, 30_000);
afterAll(() => subject.stop());

const watchersInEtcd = () => subject.server.readMetric("etcd_debugging_mvcc_watcher_total");

test("watches that were aborted, left or cut leave no watcher in etcd and no timer here", async () => {
  const { store } = subject.connect();
  const timersBefore = activeTimers();
  const kept = recordWatch(store);
  await kept.until((told) => told.snapshotCount() === 1);
  for (let round = 0; round < 60; round += 1) {
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    await watch.stop();
    for await (const event of store.watch(new AbortController().signal)) {
      expect(event.kind).toBe("snapshot");
      break;
    }
    if (round % 20 === 0) {
      subject.wire.cut();
      await kept.until((told) => told.events.at(-1)?.kind === "disconnected");
      subject.wire.restore();
      await kept.until((told) => told.events.at(-1)?.kind === "connected");
    }
  }
  await expect.poll(watchersInEtcd, { timeout: 10_000 }).toBe(1);
  await kept.stop();
  await expect.poll(watchersInEtcd, { timeout: 10_000 }).toBe(0);
  await expect.poll(activeTimers, { timeout: 10_000 }).toBeLessThanOrEqual(timersBefore + 1);
}, 60_000);

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
