import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { recordWatch } from "#store/testing/record-watch.ts";
import { creation, note, profileId } from "#store/testing/sample-changes.ts";

const KEYS = 100_000;
const endpointKey = (index: number) =>
  `/calico/v1/host/h${index % 100}/workload/k8s/w${String(index).padStart(6, "0")}/endpoint/eth0`;
const endpointValue = (index: number) =>
  JSON.stringify({
    state: "active",
    name: `cali${index}`,
    profile_ids: ["WEB"],
    ipv4_nets: [`10.0.0.${index % 256}/32`],
  });

type Entry = { readonly key: string; readonly value: string };

/** Writes entries in transactions of that many. */
async function fill({ hand }: EtcdUnderTest, entries: readonly Entry[], perTransaction: number): Promise<void> {
  for (let start = 0; start < entries.length; start += perTransaction) {
    const puts = entries.slice(start, start + perTransaction).map(({ key, value }) => ({
      request_put: { key: Buffer.from(key), value: Buffer.from(value) },
    }));
    await hand.kv.txn({ success: puts });
  }
}

describe("a store of 100,000 keys", () => {
  let subject: EtcdUnderTest;
  beforeAll(async () => {
    subject = await etcdUnderTest();
    const entries = Array.from({ length: KEYS }, (_, index) => ({
      key: endpointKey(index),
      value: endpointValue(index),
    }));
    await fill(subject, entries, 5_000);
  }, 60_000);
  afterAll(() => subject.stop());

  test("is read whole, sorted, and at one revision while it changes", async () => {
    const { store } = subject.connect();
    let isOver = false;
    let writes = 0;
    // The first and the last key always change together; a snapshot of two revisions would show them different.
    const writer = (async () => {
      for (; !isOver; writes += 1) {
        const value = String(writes);
        await fill(
          subject,
          [
            { key: "/calico/v1/Ready", value },
            { key: "/calico/v1/policy/z", value },
          ],
          2,
        );
      }
    })();
    await expect.poll(() => writes).toBeGreaterThan(0);
    const { entries } = await store.readSnapshot();
    isOver = true;
    await writer;
    expect(entries).toHaveLength(KEYS + 2);
    expect(entries[0]?.value).toBe(entries.at(-1)?.value);
    expect(Number(entries[0]?.value)).toBeLessThan(writes - 1);
    expect(entries.every(({ key }, index) => index === 0 || key > (entries[index - 1]?.key ?? ""))).toBe(true);
  }, 30_000);

  test("is listed once by a watch that then lives through a restart", async () => {
    const watch = recordWatch(subject.connect().store);
    await watch.until((told) => told.state().size >= KEYS);
    await subject.interrupt();
    await subject.put(endpointKey(7), "changed");
    await watch.until((told) => told.state().get(endpointKey(7)) === "changed");
    await watch.stop();
    expect(watch.snapshotCount()).toBe(1);
  }, 60_000);
});

describe("large values and large transactions", () => {
  let subject: EtcdUnderTest;
  afterEach(() => subject.stop());

  test("values of 80 MB in all are read though no answer may be larger than 64 MB", async () => {
    subject = await etcdUnderTest();
    const value = "x".repeat(4_000_000);
    await fill(
      subject,
      Array.from({ length: 20 }, (_, index) => ({ key: `/calico/v1/config/C${index}`, value })),
      1,
    );
    const { entries } = await subject.connect().store.readSnapshot();
    expect(entries.map((entry) => entry.value.length)).toEqual(Array.from({ length: 20 }, () => value.length));
  }, 30_000);

  test("transactions that a watch missed come whole though etcd cuts its messages to pieces", async () => {
    subject = await etcdUnderTest({ maxRequestBytes: 1_572_864 });
    const watch = recordWatch(subject.connect().store);
    await watch.until((told) => told.snapshotCount() === 1);
    subject.wire.cut();
    const value = "x".repeat(100_000);
    for (let round = 0; round < 12; round += 1) {
      await fill(
        subject,
        Array.from({ length: 12 }, (_, index) => ({ key: `/calico/v1/config/C${index}`, value: `${round}${value}` })),
        12,
      );
    }
    subject.wire.restore();
    await watch.until((told) => told.transactions().length === 12);
    await watch.stop();
    expect(watch.transactions().map((changes) => changes.length)).toEqual(Array.from({ length: 12 }, () => 12));
    expect(watch.snapshotCount()).toBe(1);
  }, 30_000);

  test("the bytes we compute are those that etcd counts: what we send is never refused, what we refuse nearly would be", async () => {
    const maxRequestBytes = 20_000;
    subject = await etcdUnderTest({ maxRequestBytes });
    const told = subject.connect({ maxTxnOps: 128, maxRequestBytes }).store;
    const untold = subject.connect({ maxTxnOps: 128, maxRequestBytes: Number.MAX_SAFE_INTEGER }).store;
    const request = (id: string, length: number) => ({
      writes: [creation(id)],
      journal: { ...note(), note: "x".repeat(length) },
    });
    let longest = 0;
    for (let length = 18_000; length < 20_000; length += 10) {
      const result = await told.commit(request(`A${length}`, length));
      if (result.ok) longest = length;
      else expect(result.error).toMatchObject({ kind: "too-large", maxBytes: maxRequestBytes });
    }
    expect(longest).toBeGreaterThan(18_000);
    // What etcd itself refuses is told with our figures: above its limit, and not by much.
    for (let length = longest; ; length += 10) {
      const result = await untold.commit(request(`B${length}`, length));
      if (result.ok) continue;
      expect(result.error).toMatchObject({ kind: "too-large", maxOperations: 128 });
      const bytes = result.error.kind === "too-large" ? result.error.bytes : 0;
      expect(bytes).toBeGreaterThan(maxRequestBytes);
      expect(bytes).toBeLessThan(maxRequestBytes + 100);
      expect(await untold.readProfile(profileId(`B${length}`))).toBeUndefined();
      break;
    }
  }, 30_000);

  test("the operations we compute are those that etcd counts", async () => {
    subject = await etcdUnderTest({ maxTxnOps: 8 });
    const { store } = subject.connect();
    expect(await store.commit({ writes: ["A", "B", "C"].map(creation), journal: note() })).toMatchObject({ ok: true });
    expect(await store.commit({ writes: ["D", "E", "F", "G"].map(creation), journal: note() })).toMatchObject({
      ok: false,
      error: { kind: "too-large", operations: 10 },
    });
  });

  test("limits that stand in etcd are found by a store that was told none, and only by it", async () => {
    subject = await etcdUnderTest({ maxTxnOps: 1_000 });
    const untold = subject.connect({}).store;
    const told = subject.connect({ maxTxnOps: 128 }).store;
    const request = (prefix: string) => ({
      writes: Array.from({ length: 70 }, (_, index) => creation(`${prefix}${index}`)),
      journal: note(),
    });
    const refusal = { ok: false, error: { kind: "too-large", maxOperations: 128, maxBytes: 1_572_864 } };
    expect(await untold.commit(request("A"))).toMatchObject(refusal);
    await subject.put("/tortie/v1/limits", "nonsense");
    expect(await untold.commit(request("B"))).toMatchObject(refusal);
    await subject.put("/tortie/v1/limits", '{"max_txn_ops":1000,"max_request_bytes":1572864}');
    expect(await untold.commit(request("C"))).toMatchObject({ ok: true });
    expect(await told.commit(request("D"))).toMatchObject(refusal);
    // Told more than is true, it still writes all or nothing.
    await subject.put("/tortie/v1/limits", '{"max_txn_ops":100000,"max_request_bytes":1572864}');
    const many = { writes: Array.from({ length: 600 }, (_, index) => creation(`E${index}`)), journal: note() };
    expect(await untold.commit(many)).toMatchObject({ ok: false, error: { kind: "too-large" } });
    expect(await untold.readProfile(profileId("E0"))).toBeUndefined();
  }, 30_000);
});
