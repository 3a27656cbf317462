import { expect, test } from "vitest";
import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import { addTag, createProfile, creation, note, profileId, withTag } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const WEB = profileId("WEB");
const TAGS = profileTagsKey(WEB);
const JOURNAL = "/tortie/v1/journal/";

/** The journal entry of a change, and the request that is recognised again. */
export function describeJournal(subject: () => StoreUnderTest): void {
  const open = () => subject().connect().store;
  const journal = async () => (await subject().list(JOURNAL)).map(({ value }) => JSON.parse(value));

  test("an entry stands under its time and request id, in the revision of the change itself", async () => {
    const revision = await createProfile(open(), "WEB");
    const [entry] = await subject().list(JOURNAL);
    expect(entry?.key).toMatch(/^\/tortie\/v1\/journal\/0001795428000000-[0-9a-f-]{36}$/);
    expect(entry?.modRevision).toBe(revision);
  });

  test("an entry says who, when, why, which edits, and the values after", async () => {
    await open().commit({ writes: [creation("WEB")], journal: note("r1") });
    expect(await journal()).toEqual([
      {
        requestId: "r1",
        who: "ann",
        at: "2026-11-23T10:00:00.000Z",
        note: "because",
        edits: [{ kind: "add-tag", tag: "DB" }],
        changes: [
          { key: TAGS, after: '["WEB"]', before: null },
          {
            key: profileRulesKey(WEB),
            after: '{"inbound_rules":[{"action":"allow","src_tag":"WEB"}],"outbound_rules":[{"action":"allow"}]}',
            before: null,
          },
        ],
      },
    ]);
  });

  test("the value before is noted when others wrote it, and only then", async () => {
    const store = open();
    await createProfile(store, "WEB");
    await addTag(store, "WEB", "A");
    await subject().put(TAGS, '["HAND"]');
    await addTag(store, "WEB", "B");
    const changes = (await journal()).map((entry) => entry.changes.find(({ key }: { key: string }) => key === TAGS));
    expect(changes.sort((a, b) => a.after.length - b.after.length)).toEqual([
      { key: TAGS, after: '["WEB"]', before: null },
      { key: TAGS, after: '["WEB","A"]' },
      { key: TAGS, after: '["HAND","B"]', before: '["HAND"]' },
    ]);
  });

  test("a deletion is noted as null", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const version = (await store.readProfile(WEB))?.version ?? { tags: 0, rules: 0 };
    await store.commit({
      writes: [{ kind: "profile", id: WEB, base: version }],
      journal: note("gone", "2026-11-24T00:00:00Z"),
    });
    expect((await journal()).at(-1).changes).toEqual([
      { key: TAGS, after: null },
      { key: profileRulesKey(WEB), after: null },
    ]);
  });

  test("entries are only ever added", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const before = await subject().list(JOURNAL);
    await addTag(store, "WEB", "A");
    await addTag(store, "WEB", "B");
    const after = await subject().list(JOURNAL);
    expect(after).toHaveLength(3);
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(
      after.every(({ modRevision }, index) => after.findIndex((e) => e.modRevision === modRevision) === index),
    ).toBe(true);
  });

  test("a request repeated later, with another time and on the newest base, answers its first revision", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const first = await store.readProfile(WEB);
    if (first === undefined) throw new Error("WEB is gone");
    const save = { kind: "profile", id: WEB } as const;
    const request = {
      writes: [{ ...save, base: first.version, after: withTag(first.profile, "A") }],
      journal: note("r1"),
    };
    const saved = await store.commit(request);
    await addTag(store, "WEB", "B");
    const now = await store.readProfile(WEB);
    if (now === undefined) throw new Error("WEB is gone");
    const again = await open().commit({
      writes: [{ ...save, base: now.version, after: withTag(now.profile, "A") }],
      journal: note("r1", "2026-11-23T10:00:07.000Z"),
    });
    expect(again).toEqual(saved);
    expect(await store.commit(request)).toEqual(saved);
    expect(await store.readProfile(WEB)).toEqual(now);
    expect(await subject().list(JOURNAL)).toHaveLength(3);
  });

  test("one request sent several times at once takes effect once", async () => {
    const stores = [open(), open(), open()];
    const request = { writes: [creation("WEB")], journal: note("r1") };
    const results = await Promise.all([...stores, ...stores].map((store) => store.commit(request)));
    const [entry, ...others] = await subject().list(JOURNAL);
    expect(others).toEqual([]);
    expect(new Set(results.map((result) => result.ok && result.value.revision))).toEqual(new Set([entry?.modRevision]));
  });

  test("a request id may hold any characters", async () => {
    const store = open();
    const saved = await store.commit({ writes: [creation("WEB")], journal: note("a/b \u{1F431}%2F") });
    expect(await store.commit({ writes: [creation("WEB")], journal: note("a/b \u{1F431}%2F") })).toEqual(saved);
  });

  test.each([0, 201])("a request id of %d characters is a mistake of the caller", async (length) => {
    const requestId = "x".repeat(length);
    const request = { writes: [creation("WEB")], journal: note(requestId) };
    await expect(open().commit(request)).rejects.toThrow(TypeError);
  });
}
