import { afterEach, describe, expect, test } from "vitest";
import type { PolicyStore, StoredChange, WatchEvent } from "#store/policy-store.ts";
import { followPolicy, type PolicyFeed } from "./policy-feed.ts";

/** A store whose watches say what the test tells them to. */
function scriptedStore() {
  const policy = scriptedWatch();
  const beside = scriptedWatch();
  const store: Pick<PolicyStore, "watch" | "watchSidecars"> = { watch: policy.watch, watchSidecars: beside.watch };
  return { store, tell: policy.tell, tellBeside: beside.tell };
}

function scriptedWatch() {
  const queue: WatchEvent[] = [];
  let wake = () => {};
  const tell = async (event: WatchEvent) => {
    queue.push(event);
    wake();
    // The reader takes events one microtask after another.
    await new Promise((resolve) => setTimeout(resolve));
  };
  async function* watch(signal: AbortSignal): AsyncGenerator<WatchEvent, void> {
    while (!signal.aborted) {
      const event = queue.shift();
      if (event === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else yield event;
    }
  }
  return { watch, tell };
}

const key = (id: string) => `/calico/v1/policy/profile/${id}/tags`;
const put = (id: string, modRevision: number): StoredChange => ({ key: key(id), value: `["${id}"]`, modRevision });
const entry = (id: string, modRevision: number) => ({ key: key(id), value: `["${id}"]`, modRevision });

describe("the feed of the policy", () => {
  let ending = new AbortController();
  afterEach(() => {
    ending.abort();
    ending = new AbortController();
  });

  function follow(now: () => number = () => 0): {
    readonly feed: PolicyFeed;
    readonly tell: (event: WatchEvent) => Promise<void>;
    readonly tellBeside: (event: WatchEvent) => Promise<void>;
  } {
    const { store, ...tells } = scriptedStore();
    return { feed: followPolicy(store, { signal: ending.signal, now, bootId: "boot" }), ...tells };
  }

  test("what is beside profiles is told with the policy, and the policy does not wait for it", async () => {
    const { feed, tell, tellBeside } = follow();
    const comment = { key: "/tortie/v1/sidecar/profile/A", value: "{}", modRevision: 4 };
    await tellBeside({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [comment] } });
    expect(feed.state()).toBeUndefined();
    await tell({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [entry("A", 3)] } });
    expect([...(feed.state()?.entries.keys() ?? [])]).toEqual([key("A"), comment.key]);
    const cursor = feed.state()?.cursor ?? "";
    await tellBeside({ kind: "disconnected", detail: "not allowed" });
    expect(feed.health()).toEqual({ kind: "in-touch" });
    await tellBeside({ kind: "changes", storeRevision: 9, changes: [{ ...comment, value: "[]", modRevision: 9 }] });
    expect(feed.since(cursor)).toEqual([
      { sequence: 2, revision: 9, changes: [{ ...comment, value: "[]", modRevision: 9 }] },
    ]);
    expect(feed.state()?.entries.get(comment.key)?.value).toBe("[]");
  });

  test("knows nothing before the first snapshot, and says since when", async () => {
    let clock = 1_000;
    const { feed } = follow(() => clock);
    clock = 43_000;
    expect(feed.state()).toBeUndefined();
    expect(feed.health()).toEqual({ kind: "away", awayForMs: 42_000, detail: "not reached yet" });
    expect(await feed.ready(1)).toBeUndefined();
  });

  test("a reader goes on from its cursor and misses nothing", async () => {
    const { feed, tell } = follow();
    await tell({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [entry("A", 3)] } });
    const cursor = feed.state()?.cursor ?? "";
    await tell({ kind: "changes", storeRevision: 6, changes: [put("B", 6)] });
    await tell({ kind: "changes", storeRevision: 7, changes: [{ key: key("A"), modRevision: 7 }] });
    expect(feed.since(cursor)?.flatMap((step) => step.changes.map((change) => change.key))).toEqual([
      key("B"),
      key("A"),
    ]);
    expect([...(feed.state()?.entries.keys() ?? [])]).toEqual([key("B")]);
  });

  test("a new snapshot after a break is told as the changes that lead to it", async () => {
    const { feed, tell } = follow();
    await tell({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [entry("A", 3), entry("B", 4)] } });
    const cursor = feed.state()?.cursor ?? "";
    await tell({ kind: "snapshot", snapshot: { storeRevision: 9, entries: [entry("B", 4), entry("C", 9)] } });
    expect(feed.since(cursor)?.[0]?.changes).toEqual([{ key: key("A"), modRevision: 3 }, entry("C", 9)]);
  });

  test("a wiped store sends every reader back to the start", async () => {
    const { feed, tell } = follow();
    const news: string[] = [];
    feed.subscribe((each) => news.push(each.kind));
    await tell({ kind: "snapshot", snapshot: { storeRevision: 500, entries: [entry("A", 400)] } });
    const cursor = feed.state()?.cursor ?? "";
    await tell({ kind: "snapshot", snapshot: { storeRevision: 2, entries: [entry("A", 2)] } });
    expect(feed.since(cursor)).toBeUndefined();
    expect(news).toContain("reset");
  });

  test.each(["other.1", "boot.99", "boot.-1", "boot.x", ""])(
    "the cursor %j is not one to go on from",
    async (cursor) => {
      const { feed, tell } = follow();
      await tell({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [] } });
      expect(feed.since(cursor)).toBeUndefined();
    },
  );

  test("health changes are told once, and the age counts from the first", async () => {
    let clock = 0;
    const { feed, tell } = follow(() => clock);
    await tell({ kind: "snapshot", snapshot: { storeRevision: 5, entries: [] } });
    const news: string[] = [];
    feed.subscribe((each) => news.push(each.kind));
    clock = 10_000;
    await tell({ kind: "disconnected", detail: "refused" });
    clock = 12_000;
    await tell({ kind: "disconnected", detail: "still refused" });
    clock = 15_000;
    expect(feed.health()).toEqual({ kind: "away", awayForMs: 5_000, detail: "still refused" });
    await tell({ kind: "connected" });
    expect(feed.health()).toEqual({ kind: "in-touch" });
    expect(news).toEqual(["health", "health"]);
  });
});
