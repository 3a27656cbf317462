import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeIntent } from "#operations/change-intent.ts";
import { createProfile } from "#operations/create-profile.ts";
import type { Author, Deps } from "#operations/deps.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { findBreak } from "#operations/find-break.ts";
import { importRules } from "#operations/import-rules.ts";
import { removeProfile } from "#operations/remove-profile.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { Result } from "#prelude/result.ts";
import { etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { profileId } from "#store/testing/sample-changes.ts";

const [WEB, DB] = [profileId("WEB"), profileId("DB")];
const ID = "closed" as IntentId;
const CLOSED: Intent = {
  must: "not-reach",
  from: "world",
  to: "profile:DB",
  traffic: { protocol: "tcp", dst_ports: [5432] },
};
const ada: Author = { who: "ada" };

function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const openDoor: ProfileEdit = {
  kind: "insert-rule",
  direction: "inbound",
  rule: value(parseRule("allow tcp to ports 5000:6000")),
};

type Subject = { readonly deps: Deps; readonly compact: () => Promise<void>; readonly journal: () => Promise<string> };

function describeIntentsOn(name: string, subject: () => Subject) {
  describe(`intents on ${name}`, () => {
    const deps = () => subject().deps;
    const edit = (edits: readonly ProfileEdit[], author = ada) => editProfile(deps(), author, { profileId: DB, edits });
    const written = async () => (await deps().store.readIntents()).entries[0]?.modRevision ?? 0;

    beforeEach(async () => {
      for (const profile of [WEB, DB]) value(await createProfile(deps(), ada, { profileId: profile }));
      value(await changeIntent(deps(), ada, { id: ID, base: 0, after: CLOSED }));
    });

    it("N3 what breaks an intent is refused with the packet and the rule, and nothing is written", async () => {
      const before = await deps().store.readSnapshot();
      const refused = await edit([openDoor]);
      expect(refused).toMatchObject({
        ok: false,
        error: {
          kind: "breaks-intents",
          intents: [{ id: ID, state: { kind: "broken", decidedBy: "DB inbound 2", witness: { dst_port: 5432 } } }],
        },
      });
      expect(await deps().store.readSnapshot()).toEqual(before);
    });

    it("N3 acknowledged it is written, and the journal says so; what is broken already refuses nothing", async () => {
      expect((await edit([openDoor], { who: "ada", acknowledgedIntents: ["other" as IntentId] })).ok).toBe(false);
      value(await edit([openDoor], { who: "ada", acknowledgedIntents: [ID] }));
      expect(await subject().journal()).toContain('{"kind":"break-intents","intents":["closed"]}');
      value(await edit([{ kind: "move-rule", direction: "inbound", from: 2, to: 1 }]));
    });

    it("N3 imports and removals are guarded as well, and what keeps the intent is not", async () => {
      const { version } = (await deps().store.readProfile(DB)) ?? {};
      if (version === undefined) throw new Error("the profile is gone");
      const rules = { inbound: [value(parseRule("allow"))], outbound: [] };
      const modes = { inbound: "replace", outbound: "replace" } as const;
      const imported = await importRules(deps(), ada, { imports: [{ profileId: DB, rules, modes, base: version }] });
      expect(imported).toMatchObject({ ok: false, error: { kind: "breaks-intents" } });
      const reach: Intent = { must: "reach", from: "profile:WEB", to: "world", traffic: {} };
      value(await changeIntent(deps(), ada, { id: "out" as IntentId, base: 0, after: reach }));
      expect(await removeProfile(deps(), ada, { profileId: WEB })).toMatchObject({
        ok: false,
        error: { kind: "breaks-intents", intents: [{ id: "out" }] },
      });
      value(await removeProfile(deps(), ada, { profileId: DB }));
    });

    it("N4 a door that cannot ask writes, and tells", async () => {
      const told: string[] = [];
      const asking = {
        ...deps(),
        tellBrokenIntents: async (broken: readonly { id: IntentId }[]) => void told.push(...broken.map(({ id }) => id)),
      };
      value(await editProfile(asking, ada, { profileId: DB, edits: [openDoor] }));
      expect(told).toEqual([ID]);
    });

    it("N5 the revision that broke it is found in the history, as far as there is one", async () => {
      const wrote = await written();
      const search = async (broken: number) => findBreak(deps().store, { intent: CLOSED, written: wrote, broken });
      for (let count = 0; count < 5; count += 1)
        value(await createProfile(deps(), ada, { profileId: profileId(`P${count}`) }));
      const { revision } = value(await edit([openDoor], { who: "ada", acknowledgedIntents: [ID] }));
      for (let count = 5; count < 9; count += 1)
        value(await createProfile(deps(), ada, { profileId: profileId(`P${count}`) }));
      const newest = (await deps().store.readSnapshot()).storeRevision;
      expect(await search(newest)).toEqual({ kind: "broke-at", revision });
      expect(await findBreak(deps().store, { intent: CLOSED, written: revision, broken: newest })).toEqual({
        kind: "never-held",
        revision,
      });
      await subject().compact();
      value(await createProfile(deps(), ada, { profileId: profileId("LATER") }));
      expect((await search(newest + 1)).kind).toBe("at-least");
    });

    it("N1 an intent that was changed meanwhile is not overwritten", async () => {
      expect(await changeIntent(deps(), ada, { id: ID, base: 0, after: CLOSED })).toMatchObject({
        ok: false,
        error: { kind: "conflict" },
      });
      value(await changeIntent(deps(), ada, { id: ID, base: await written() }));
      expect((await deps().store.readIntents()).entries).toEqual([]);
    });
  });
}

let memory: ReturnType<typeof memoryDeps>;
describe("memory", () => {
  beforeEach(() => {
    memory = memoryDeps();
  });
  describeIntentsOn("memory", () => ({
    deps: memory,
    compact: async () => memory.memory.kv.compact(),
    journal: async () =>
      JSON.stringify(
        memory.memory.kv.readPrefix("/tortie/v1/journal/").entries.map(({ value: text }) => text),
      ).replaceAll("\\", ""),
  }));
});

describe("etcd", () => {
  let etcd: Awaited<ReturnType<typeof etcdUnderTest>>;
  let deps: Deps;
  let count = 0;
  beforeAll(async () => {
    etcd = await etcdUnderTest();
  }, 30_000);
  beforeEach(async () => {
    await etcd.clear();
    const { store, statuses } = etcd.connect();
    deps = { store, statuses, now: Date.now, newRequestId: () => `request-${++count}` };
  });
  afterAll(() => etcd.stop());
  describeIntentsOn("etcd", () => ({
    deps,
    compact: () => etcd.compact(),
    journal: async () => (await etcd.list("/tortie/v1/journal/")).map(({ value: text }) => text).join("\n"),
  }));
});
