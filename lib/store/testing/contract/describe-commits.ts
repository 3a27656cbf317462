import { expect, test } from "vitest";
import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import type { PolicyStore, PolicyWrite, VersionedProfile } from "#store/policy-store.ts";
import { createProfile, creation, note, profileId, tag, withTag } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const WEB = profileId("WEB");
const POLICY = "/calico/v1/";
const JOURNAL = "/tortie/v1/journal/";

/** Reading, saving, conflicts and guards. */
export function describeCommits(subject: () => StoreUnderTest): void {
  const open = () => subject().connect().store;

  test("a profile that was never written is undefined", async () => {
    expect(await open().readProfile(WEB)).toBeUndefined();
  });

  test("a created profile is read back with the revision of both keys", async () => {
    const store = open();
    const revision = await createProfile(store, "WEB");
    const read = await store.readProfile(WEB);
    expect(read?.version).toEqual({ tags: revision, rules: revision });
    expect(read?.profile.tags).toEqual({ kind: "valid", value: ["WEB"] });
    expect(read?.profile.rules).toEqual({
      kind: "valid",
      value: { inbound: [{ action: "allow", src_tag: "WEB" }], outbound: [{ action: "allow" }] },
    });
  });

  test("a profile of which only one key exists is a profile with the other leaf missing", async () => {
    const store = open();
    await subject().put(profileTagsKey(WEB), '["WEB"]');
    const read = await store.readProfile(WEB);
    expect(read?.profile.rules).toEqual({ kind: "missing" });
    expect(read?.version.rules).toBe(0);
  });

  test("only the leaf that changed is written", async () => {
    const store = open();
    const first = await createProfile(store, "WEB");
    const saved = await saveTag(store, await readWeb(store), "DB");
    expect(await store.readProfile(WEB)).toMatchObject({ version: { tags: saved, rules: first } });
  });

  test("a value of the same meaning in other spacing is left as others wrote it", async () => {
    const store = open();
    await subject().put(profileTagsKey(WEB), ' [ "WEB" ]');
    await subject().put(profileRulesKey(WEB), '{"outbound_rules": [], "inbound_rules": []}');
    const read = await readWeb(store);
    await saveTag(store, read, "DB");
    const entries = await subject().list(POLICY);
    expect(entries.map(({ value }) => value)).toEqual(['{"outbound_rules": [], "inbound_rules": []}', '["WEB","DB"]']);
  });

  test("a change that changes nothing writes nothing, not even a journal entry, and answers since when it is so", async () => {
    const store = open();
    const revision = await createProfile(store, "WEB");
    const { profile, version } = await readWeb(store);
    const saved = await store.commit({
      writes: [{ kind: "profile", id: WEB, base: version, after: profile }],
      journal: note(),
    });
    expect(saved).toEqual({ ok: true, value: { revision } });
    expect(await subject().list(JOURNAL)).toHaveLength(1);
  });

  test("a profile without after is deleted with both keys in one revision", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const { version } = await readWeb(store);
    await expectOk(store, [{ kind: "profile", id: WEB, base: version }]);
    expect(await subject().list(POLICY)).toEqual([]);
    expect(await store.readProfile(WEB)).toBeUndefined();
  });

  test("a stale save is refused, names the key and leaves nothing behind", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const read = await readWeb(store);
    await saveTag(store, read, "DB");
    const before = await subject().list("/");
    const write: PolicyWrite = { kind: "profile", id: WEB, base: read.version, after: withTag(read.profile, "APP") };
    expect(await store.commit({ writes: [write], journal: note() })).toEqual({
      ok: false,
      error: { kind: "conflict", keys: [profileTagsKey(WEB)] },
    });
    expect(await subject().list("/")).toEqual(before);
  });

  test("a save of tags is refused when only the rules changed meanwhile: both keys are compared", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const read = await readWeb(store);
    await subject().put(profileRulesKey(WEB), '{"inbound_rules":[],"outbound_rules":[]}');
    const write: PolicyWrite = { kind: "profile", id: WEB, base: read.version, after: withTag(read.profile, "APP") };
    expect(await store.commit({ writes: [write], journal: note() })).toMatchObject({
      error: { kind: "conflict", keys: [profileRulesKey(WEB)] },
    });
  });

  test("a profile that was deleted and created again is a conflict for who read the old one", async () => {
    const store = open();
    await createProfile(store, "WEB");
    const read = await readWeb(store);
    await expectOk(store, [{ kind: "profile", id: WEB, base: read.version }]);
    await createProfile(store, "WEB");
    const write: PolicyWrite = { kind: "profile", id: WEB, base: read.version, after: withTag(read.profile, "APP") };
    expect(await store.commit({ writes: [write], journal: note() })).toMatchObject({ error: { kind: "conflict" } });
  });

  test("creating what exists is a conflict", async () => {
    const store = open();
    await createProfile(store, "WEB");
    expect(await store.commit({ writes: [creation("WEB")], journal: note() })).toMatchObject({
      ok: false,
      error: { kind: "conflict", keys: [profileRulesKey(WEB), profileTagsKey(WEB)] },
    });
  });

  test("several objects are written in one revision, or none of them", async () => {
    const store = open();
    await expectOk(store, [creation("WEB"), creation("APP")]);
    const revisions = (await subject().list(POLICY)).map(({ modRevision }) => modRevision);
    expect(new Set(revisions).size).toBe(1);
    expect(await store.commit({ writes: [creation("DB"), creation("APP")], journal: note() })).toMatchObject({
      ok: false,
    });
    expect(await store.readProfile(profileId("DB"))).toBeUndefined();
  });

  test("a guard on a key that is not written holds the change back when that key moved", async () => {
    const store = open();
    const guarded = { key: "/calico/v1/Ready", modRevision: 0 };
    await expectOk(store, [creation("WEB")], [guarded]);
    await subject().put("/calico/v1/Ready", "true");
    expect(await store.commit({ writes: [creation("APP")], guards: [guarded], journal: note() })).toEqual({
      ok: false,
      error: { kind: "conflict", keys: ["/calico/v1/Ready"] },
    });
  });

  test("an endpoint is created, replaced on its revision and deleted", async () => {
    const store = open();
    const key = { host: "h1", orchestrator: "manual", workload: "w", endpoint: "e" };
    const parsed = parseEndpoint({ state: "active", name: "cali1", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.1/32"] });
    if (!parsed.ok) throw new Error("the sample is no endpoint");
    const base = await expectOk(store, [{ kind: "endpoint", key, base: 0, after: parsed.value }]);
    expect((await subject().list(POLICY)).map((entry) => entry.key)).toEqual([
      "/calico/v1/host/h1/workload/manual/w/endpoint/e",
    ]);
    expect(await store.commit({ writes: [{ kind: "endpoint", key, base: 0 }], journal: note() })).toMatchObject({
      ok: false,
    });
    await expectOk(store, [{ kind: "endpoint", key, base }]);
    expect(await subject().list(POLICY)).toEqual([]);
  });

  test("a change that writes one object twice is a mistake of the caller", async () => {
    const store = open();
    await expect(store.commit({ writes: [creation("WEB"), creation("WEB")], journal: note() })).rejects.toThrow(
      TypeError,
    );
  });
}

async function readWeb(store: PolicyStore): Promise<VersionedProfile> {
  const read = await store.readProfile(WEB);
  if (read === undefined) throw new Error("WEB is gone");
  return read;
}

async function saveTag(store: PolicyStore, { profile, version }: VersionedProfile, added: string): Promise<number> {
  return await expectOk(store, [{ kind: "profile", id: WEB, base: version, after: withTag(profile, tag(added)) }]);
}

async function expectOk(
  store: PolicyStore,
  writes: readonly PolicyWrite[],
  guards?: readonly { readonly key: string; readonly modRevision: number }[],
): Promise<number> {
  const result = await store.commit({ writes, ...(guards && { guards }), journal: note() });
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value.revision;
}
