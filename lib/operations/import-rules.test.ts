import { beforeEach, describe, expect, it } from "vitest";
import { createProfile } from "#operations/create-profile.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { importRules, type RulesImport } from "#operations/import-rules.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import { type ImportUndo, undoImport } from "#operations/undo-import.ts";
import type { CombineModes } from "#policy/edit/combine-rules.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseImportJson } from "#policy/json/parse-import-json.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import { profileRulesKey } from "#policy/layout/policy-key.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";

const author = { who: "board", note: "ticket 7" };
const REPLACE: CombineModes = { inbound: "replace", outbound: "replace" };
const NOTHING_SEEN = { tags: 0, rules: 0 };

const idOf = (text: string): ProfileId => {
  const id = parseProfileId(text);
  if (!id.ok) throw new Error(text);
  return id.value;
};
const [APP, WEB] = [idOf("APP"), idOf("WEB")];

const FILE = `{"id": "APP",
  "inbound_rules": [{"action": "allow", "protocol": "tcp", "dst_ports": [7890], "src_tag": "APP_7890"}],
  "outbound_rules": [{"action": "allow"}]}`;

const rulesOf = (text: string): ProfileRules => {
  const { rules } = parseRulesJson(text);
  if (rules === undefined) throw new Error("not rules");
  return rules;
};

const EMPTY = '{"inbound_rules": [], "outbound_rules": []}';

const rulesAndTags = (text: string) => {
  const [part] = parseImportJson(text).parts ?? [];
  return { ...(part?.rules && { rules: part.rules }), ...(part?.tags && { tags: part.tags }) };
};

describe("importRules", () => {
  let deps: MemoryDeps;
  beforeEach(async () => {
    deps = memoryDeps();
    await createProfile(deps, author, { profileId: APP });
    await createProfile(deps, author, { profileId: WEB });
  });

  const seen = async (id: ProfileId) => (await deps.store.readProfile(id))?.version ?? NOTHING_SEEN;
  const into = async (profileId: ProfileId, change: Partial<RulesImport> = {}): Promise<RulesImport> => ({
    profileId,
    rules: rulesOf(FILE),
    modes: REPLACE,
    base: await seen(profileId),
    ...change,
  });
  const inbound = async (id: ProfileId) => {
    const profile = (await deps.store.readProfile(id))?.profile;
    return profile?.rules.kind === "valid" ? profile.rules.value.inbound.map(formatRule) : profile?.rules.kind;
  };
  const tags = async (id: ProfileId) => (await deps.store.readProfile(id))?.profile.tags;

  it("replaces the rules and leaves the tags", async () => {
    expect(await importRules(deps, author, { imports: [await into(APP)] })).toMatchObject({ ok: true });
    expect(await inbound(APP)).toEqual(["allow tcp from tag APP_7890 to ports 7890"]);
    expect(await tags(APP)).toEqual({ kind: "valid", value: ["APP"] });
  });

  it("combines with what is stored as asked, direction by direction", async () => {
    const modes: CombineModes = { inbound: "append", outbound: "keep" };
    await importRules(deps, author, { imports: [await into(APP, { modes })] });
    expect(await inbound(APP)).toEqual(["allow from tag APP", "allow tcp from tag APP_7890 to ports 7890"]);
  });

  it("creates a profile that holds its own tag", async () => {
    const DB = idOf("DB");
    expect(await importRules(deps, author, { imports: [await into(DB)] })).toMatchObject({ ok: true });
    expect(await tags(DB)).toEqual({ kind: "valid", value: ["DB"] });
    expect(await inbound(DB)).toEqual(["allow tcp from tag APP_7890 to ports 7890"]);
  });

  it("writes several profiles in one transaction", async () => {
    const before = await deps.revision();
    const imported = await importRules(deps, author, { imports: [await into(APP), await into(WEB)] });
    expect(imported).toMatchObject({ ok: true, value: { revision: before + 1 } });
  });

  it("writes none of several when one of them was changed meanwhile, and names it", async () => {
    const imports = [await into(APP), await into(WEB)];
    await importRules(deps, author, { imports: [await into(WEB, { modes: { inbound: "append", outbound: "keep" } })] });
    const before = await deps.revision();
    expect(await importRules(deps, author, { imports })).toEqual({
      ok: false,
      error: { kind: "conflict", profiles: ["WEB"] },
    });
    expect(await deps.revision()).toBe(before);
    expect(await inbound(APP)).toEqual(["allow from tag APP"]);
  });

  it("does not create over a profile that someone else created meanwhile", async () => {
    const imported = await importRules(deps, author, { imports: [await into(APP, { base: NOTHING_SEEN })] });
    expect(imported).toMatchObject({ ok: false, error: { kind: "conflict", profiles: ["APP"] } });
  });

  it("recognises its own write when it is sent again after a time-out", async () => {
    const request = { imports: [await into(APP)], requestId: "request-1" };
    const first = await importRules(deps, author, request);
    expect(await importRules(deps, author, request)).toEqual(first);
  });

  it("refuses two files for one profile", async () => {
    const imported = await importRules(deps, author, { imports: [await into(APP), await into(APP)] });
    expect(imported).toEqual({ ok: false, error: { kind: "listed-twice", profileId: "APP" } });
  });

  it("replaces stored rules that cannot be read, and refuses to combine with them", async () => {
    const nonsense = { key: profileRulesKey(APP), text: "nonsense" };
    deps.memory.kv.transact({ compares: [], puts: [nonsense], deletes: [] });
    const combining = await importRules(deps, author, {
      imports: [await into(APP, { modes: { inbound: "append", outbound: "replace" } })],
    });
    expect(combining).toMatchObject({ ok: false, error: { kind: "edit-refused", error: { kind: "stored-invalid" } } });
    expect(await importRules(deps, author, { imports: [await into(APP)] })).toMatchObject({ ok: true });
    expect(await inbound(APP)).toEqual(["allow tcp from tag APP_7890 to ports 7890"]);
  });

  it("writes only the changes that are taken", async () => {
    const declined = { inbound: [0], outbound: [] };
    await importRules(deps, author, { imports: [await into(APP, { declined })] });
    expect(await inbound(APP)).toEqual(["allow from tag APP", "allow tcp from tag APP_7890 to ports 7890"]);
  });

  it("takes tags only where they are wanted", async () => {
    const wanted = rulesAndTags('{"profiles": {"APP": {"tags": ["APP", "METRICS"]}}}');
    await importRules(deps, author, { imports: [{ ...(await into(APP)), ...wanted }] });
    expect(await tags(APP)).toEqual({ kind: "valid", value: ["APP", "METRICS"] });
  });

  it("writes nothing and notes nothing when everything is as the file says", async () => {
    await importRules(deps, author, { imports: [await into(APP)] });
    const before = await deps.revision();
    expect(await importRules(deps, author, { imports: [await into(APP)] })).toMatchObject({ ok: true });
    expect(await deps.revision()).toBe(before);
  });

  it("keeps the stored form of a rule the file only writes otherwise", async () => {
    const numbered = '{"inbound_rules":[{"src_tag":"APP"}],"outbound_rules":[{"action":"allow","protocol":"tcp"}]}';
    await importRules(deps, author, { imports: [await into(APP, { rules: rulesOf(numbered) })] });
    const profile = (await deps.store.readProfile(APP))?.profile;
    expect(profile?.rules).toMatchObject({ value: { inbound: [{ action: "allow", src_tag: "APP" }] } });
  });

  describe("and back", () => {
    const undoOf = async (id: ProfileId, before: Profile | undefined): Promise<ImportUndo> => ({
      profileId: id,
      base: await seen(id),
      ...(before && { before }),
    });

    it("puts back rules and removes what was created, in one revision", async () => {
      const DB = idOf("DB");
      const before = (await deps.store.readProfile(APP))?.profile;
      await importRules(deps, author, { imports: [await into(APP), await into(DB)] });
      const revision = await deps.revision();
      const profiles = [await undoOf(APP, before), await undoOf(DB, undefined)];
      expect(await undoImport(deps, author, { profiles })).toEqual({ ok: true, value: { revision: revision + 1 } });
      expect(await inbound(APP)).toEqual(["allow from tag APP"]);
      expect(await deps.store.readProfile(DB)).toBeUndefined();
    });

    it("is refused when someone saved since", async () => {
      const before = (await deps.store.readProfile(APP))?.profile;
      await importRules(deps, author, { imports: [await into(APP)] });
      const profiles = [await undoOf(APP, before)];
      await importRules(deps, author, { imports: [await into(APP, { rules: rulesOf(EMPTY) })] });
      expect(await undoImport(deps, author, { profiles })).toEqual({ ok: false, error: { kind: "conflict" } });
      expect(await inbound(APP)).toEqual([]);
    });

    it("brings the comment of a rule back with it", async () => {
      await editProfile(deps, author, {
        profileId: APP,
        edits: [{ kind: "comment-rule", direction: "inbound", at: 1, text: "ticket 9" }],
      });
      const before = (await deps.store.readProfile(APP))?.profile;
      await importRules(deps, author, { imports: [await into(APP)] });
      await undoImport(deps, author, { profiles: [await undoOf(APP, before)] });
      expect((await deps.store.readSidecar(APP)).sidecar).toMatchObject({
        value: { inbound: { comments: [{ text: "ticket 9" }] } },
      });
    });
  });
});
