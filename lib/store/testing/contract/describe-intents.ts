import { expect, test } from "vitest";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import { parseIntentValue } from "#policy/intent/intent-value.ts";
import { intentKey } from "#policy/layout/intent-key.ts";
import { note } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const ID = "one" as IntentId;
const OTHER = "two" as IntentId;
const INTENT: Intent = {
  must: "reach",
  from: "profile:WEB",
  to: "world",
  traffic: { protocol: "tcp", dst_ports: [443] },
};

/** Intents: a key each, with a journal entry, outside of the policy. */
export function describeIntents(subject: () => StoreUnderTest): void {
  test("an intent is written, read back, told to who watches, and not in the policy", async () => {
    const { store } = subject().connect();
    const written = await store.commit({
      writes: [{ kind: "intent", id: ID, base: 0, after: INTENT }],
      journal: note(),
    });
    if (!written.ok) throw new Error("the change was refused");
    const { entries } = await store.readIntents();
    expect(entries.map(({ key, modRevision }) => [key, modRevision])).toEqual([
      [intentKey(ID), written.value.revision],
    ]);
    expect(parseIntentValue(entries[0]?.value ?? "")).toEqual({ kind: "valid", value: INTENT });
    expect((await store.readSnapshot()).entries).toEqual([]);
    expect(await subject().list("/tortie/v1/journal/")).toHaveLength(1);
    const stop = new AbortController();
    for await (const event of store.watchIntents(stop.signal)) {
      if (event.kind === "snapshot") {
        expect(event.snapshot.entries).toHaveLength(1);
        await store.commit({ writes: [{ kind: "intent", id: ID, base: written.value.revision }], journal: note() });
      }
      if (event.kind !== "changes") continue;
      expect(event.changes.map(({ key, value }) => [key, value])).toEqual([[intentKey(ID), undefined]]);
      break;
    }
    stop.abort();
  });

  test("two people who write different intents do not meet; the same one is compared", async () => {
    const { store } = subject().connect();
    const write = (id: IntentId, base: number) =>
      store.commit({ writes: [{ kind: "intent", id, base, after: INTENT }], journal: note() });
    const both = await Promise.all([write(ID, 0), write(OTHER, 0)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    await subject().put(intentKey(ID), "nonsense");
    expect(await write(ID, 1)).toEqual({ ok: false, error: { kind: "conflict", keys: [intentKey(ID)] } });
    expect((await store.readIntents()).entries.map(({ value }) => parseIntentValue(value).kind)).toEqual([
      "invalid",
      "valid",
    ]);
  });
}
