import { afterEach, expect, test } from "vitest";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";
import { followPolicy } from "./policy-feed.ts";
import { streamChanges } from "./stream-changes.ts";

const feeding = new AbortController();
afterEach(() => feeding.abort());

test("a stream of events ends when the process is about to end, and leaves no listener behind", async () => {
  const ending = new AbortController();
  const feed = followPolicy(createMemoryStore().store, { signal: feeding.signal, now: () => 0, bootId: "boot" });
  let listeners = 0;
  const onNodes = () => {
    listeners += 1;
    return () => (listeners -= 1);
  };
  const reader = streamChanges({ feed, onNodes, onIntents: onNodes, ending: ending.signal }, null).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("event: store");
  expect(listeners, "nodes and intents").toBe(2);
  ending.abort();
  for (let read = await reader.read(); !read.done; read = await reader.read())
    expect(read.value.length).toBeGreaterThan(0);
  expect(listeners).toBe(0);
});
