import { expect, test } from "vitest";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { followSnapshot, type LiveSnapshot } from "#store/live-snapshot.ts";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";
import type { WatchEvent } from "#store/policy-store.ts";
import { addTag, createProfile, profileId } from "#store/testing/sample-changes.ts";

function follow() {
  const { store, kv } = createMemoryStore();
  const abort = new AbortController();
  const states = followSnapshot(store, abort.signal);
  const next = async (): Promise<LiveSnapshot> => {
    const { value } = await states.next();
    if (!value) throw new Error("The live snapshot ended");
    return value;
  };
  return { store, kv, abort, states, next };
}

const TAGS = "/calico/v1/policy/profile/WEB/tags";
const RULES = "/calico/v1/policy/profile/WEB/rules";
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("the first state is the present one, and every key may have changed", async () => {
  const { store, next } = follow();
  const revision = await createProfile(store, "WEB");
  expect(await next()).toMatchObject({ storeRevision: revision, changedKeys: "all", connected: true });
});

test("each change gives the next state and names its keys", async () => {
  const { store, next } = follow();
  await next();
  const revision = await createProfile(store, "WEB");
  const state = await next();
  expect(state).toMatchObject({ storeRevision: revision, changedKeys: new Set([TAGS, RULES]) });
  expect(state.snapshot.profiles.get(profileId("WEB"))?.tags).toEqual({ kind: "valid", value: ["WEB"] });
});

test("a slow reader gets one state for many changes, equal to one built from the store", async () => {
  const { store, next } = follow();
  await next();
  await createProfile(store, "WEB");
  for (let index = 0; index < 20; index += 1) await addTag(store, "WEB", `T${index}`);
  await turn();
  const state = await next();
  expect(state.snapshot).toEqual(snapshotFromEntries((await store.readSnapshot()).entries));
  expect(state.changedKeys).toEqual(new Set([TAGS, RULES]));
});

test("a lost connection keeps the last snapshot and says why; its return says so", async () => {
  const { store, kv, next } = follow();
  await createProfile(store, "WEB");
  const before = await next();
  kv.setOnline(false);
  await turn();
  expect(await next()).toEqual({
    ...before,
    changedKeys: new Set(),
    connected: false,
    detail: "The store is offline",
  });
  kv.setOnline(true);
  const after = await next();
  expect(after.connected).toBe(true);
  expect(after).not.toHaveProperty("detail");
  expect(after.snapshot).toBe(before.snapshot);
});

test.each([
  { pace: "one event after the other", rest: turn },
  { pace: "all events at once", rest: async () => {} },
  { pace: "the snapshot late", rest: (kind: string) => (kind === "connected" ? turn() : Promise.resolve()) },
])("a store that is away at first is never told as connected without its snapshot: $pace", async ({ rest }) => {
  const events: WatchEvent[] = [
    { kind: "disconnected", detail: "away" },
    { kind: "connected" },
    { kind: "snapshot", snapshot: { storeRevision: 9, entries: [] } },
  ];
  const { store } = createMemoryStore();
  const watch = async function* () {
    for (const event of events) {
      yield event;
      await rest(event.kind);
    }
    await turn();
  };
  const states: LiveSnapshot[] = [];
  for await (const state of followSnapshot({ ...store, watch }, new AbortController().signal)) states.push(state);
  expect(states.every(({ connected, storeRevision }) => connected === (storeRevision === 9))).toBe(true);
  expect(states.at(-1)?.connected).toBe(true);
});

test("a store that was wiped is a new snapshot in which every key may have changed", async () => {
  const { store, kv, next } = follow();
  await createProfile(store, "WEB");
  await next();
  kv.wipe();
  await createProfile(store, "APP");
  await turn();
  const state = await next();
  expect(state.changedKeys).toBe("all");
  expect([...state.snapshot.profiles.keys()]).toEqual(["APP"]);
});

test("it ends when the signal aborts, also while it waits", async () => {
  const { states, abort, next } = follow();
  await next();
  const last = states.next();
  abort.abort();
  expect(await last).toEqual({ done: true, value: undefined });
});

test("a reader that leaves ends the watch below", async () => {
  const { store, kv } = createMemoryStore();
  for await (const state of followSnapshot(store, new AbortController().signal)) {
    expect(state.connected).toBe(true);
    break;
  }
  await turn();
  expect(kv.waitingReaders()).toBe(0);
});
