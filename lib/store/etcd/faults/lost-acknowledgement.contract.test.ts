import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";
import { addTag, createProfile, creation, note, profileId } from "#store/testing/sample-changes.ts";

const JOURNAL = "/tortie/v1/journal/";

let subject: EtcdUnderTest;
beforeAll(async () => {
  subject = await etcdUnderTest();
}, 30_000);
afterEach(async () => {
  subject.wire.onReply(async () => "pass");
  subject.wire.restore();
  await subject.clear();
});
afterAll(() => subject.stop());

/** Breaks the connection instead of delivering the answers to the next transactions that took effect. */
function swallowAcknowledgements(count: number): void {
  let known = 0;
  let left = count;
  subject.wire.onReply(async () => {
    if (left === 0) return "pass";
    const entries = (await subject.list(JOURNAL)).length;
    if (entries === known) return "pass";
    known = entries;
    left -= 1;
    return "cut";
  });
}

test("an edit whose acknowledgement is lost is recognised and not made twice", async () => {
  const { store } = subject.connect();
  swallowAcknowledgements(1);
  const saved = await store.commit({ writes: [creation("WEB")], journal: note() });
  const [entry, ...others] = await subject.list(JOURNAL);
  expect(others).toEqual([]);
  expect(saved).toEqual({ ok: true, value: { revision: entry?.modRevision } });
});

test("ten edits in a row whose acknowledgements are all lost are there once each, in order", async () => {
  const { store } = subject.connect();
  await createProfile(store, "WEB");
  swallowAcknowledgements(11);
  const names = Array.from({ length: 10 }, (_, index) => `T${index}`);
  for (const name of names) await addTag(store, "WEB", name);
  const read = await store.readProfile(profileId("WEB"));
  expect(read?.profile.tags).toEqual({ kind: "valid", value: ["WEB", ...names] });
  expect(await subject.list(JOURNAL)).toHaveLength(11);
}, 20_000);

test("when etcd does not come back the outcome is unknown, and the same request asked later tells it", async () => {
  const { store } = subject.connect();
  await store.readSnapshot();
  subject.wire.onReply(async () => {
    if ((await subject.list(JOURNAL)).length === 0) return "pass";
    subject.wire.cut();
    return "cut";
  });
  const request = { writes: [creation("WEB")], journal: note() };
  await expect(store.commit(request)).rejects.toThrow(StoreUnavailableError);
  subject.wire.restore();
  subject.wire.onReply(async () => "pass");
  const [entry] = await subject.list(JOURNAL);
  expect(await store.commit(request)).toEqual({ ok: true, value: { revision: entry?.modRevision } });
  expect(await subject.list(JOURNAL)).toHaveLength(1);
}, 30_000);
