import { afterEach, expect, test, vi } from "vitest";
import type { IntentId } from "#policy/intent/intent.ts";
import { formatIntentValue } from "#policy/intent/intent-value.ts";
import { intentKey } from "#policy/layout/intent-key.ts";
import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";
import { profileId } from "#store/testing/sample-changes.ts";
import { followPolicy } from "#web/events/policy-feed.ts";
import { followIntents } from "./intent-feed.ts";

const RULES = profileRulesKey(profileId("DB"));
const CLOSED = { inbound_rules: [], outbound_rules: [] };
const OPEN = { inbound_rules: [{ action: "allow" }], outbound_rules: [] };
const DB_IS_CLOSED = formatIntentValue({
  must: "not-reach",
  from: "world",
  to: "profile:DB",
  traffic: { protocol: "tcp" },
});

let following = new AbortController();
afterEach(() => {
  following.abort();
  following = new AbortController();
});

function start() {
  const memory = createMemoryStore();
  const put = (key: string, value: string | object) =>
    memory.kv.transact({
      compares: [],
      deletes: [],
      puts: [{ key, text: typeof value === "string" ? value : JSON.stringify(value) }],
    }) ?? 0;
  const follow = () => {
    const { signal } = following;
    const feed = followPolicy(memory.store, { signal, now: () => 0, bootId: "boot" });
    return followIntents({ store: memory.store, feed, signal });
  };
  return { memory, put, follow };
}

const states = (feed: ReturnType<typeof followIntents>) =>
  feed.payload().rows.map(({ id, state, since }) => [id, state?.kind, since]);

test("N5 an intent turns when raw keys break it, with the very revision among several of one burst, and turns back", async () => {
  const { put, follow } = start();
  put(profileTagsKey(profileId("DB")), ["DB"]);
  put(RULES, CLOSED);
  put(intentKey("one" as IntentId), DB_IS_CLOSED);
  const feed = follow();
  await vi.waitFor(() => expect(states(feed)).toEqual([["one", "holds", undefined]]));
  put(profileTagsKey(profileId("A")), ["A"]);
  const broke = put(RULES, OPEN);
  put(profileTagsKey(profileId("B")), ["B"]);
  await vi.waitFor(() => expect(states(feed)).toEqual([["one", "broken", { kind: "broke-at", revision: broke }]]));
  put(RULES, CLOSED);
  await vi.waitFor(() => expect(states(feed)).toEqual([["one", "holds", undefined]]));
});

test("N5 after a restart the revision is looked up in the history, broken ones stand first, unreadable ones are shown", async () => {
  const { put, follow } = start();
  put(RULES, CLOSED);
  put(intentKey("late" as IntentId), DB_IS_CLOSED);
  put(intentKey("bad" as IntentId), "nonsense");
  put(intentKey("fine" as IntentId), DB_IS_CLOSED.replace("not-reach", "reach").replace("profile:DB", "10.0.0.1"));
  const broke = put(RULES, OPEN);
  put(profileTagsKey(profileId("A")), ["A"]);
  const feed = follow();
  await vi.waitFor(() =>
    expect(states(feed)).toEqual([
      ["late", "broken", { kind: "broke-at", revision: broke }],
      ["bad", undefined, undefined],
      ["fine", "holds", undefined],
    ]),
  );
});
