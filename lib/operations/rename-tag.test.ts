import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reachChanges } from "#analysis/reach/reach-changes.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { renameTag } from "#operations/rename-tag.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { commentsOf } from "#policy/sidecar/sidecar.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { createMemoryStore } from "#store/memory/memory-policy-store.ts";
import { profileId, tag } from "#store/testing/sample-changes.ts";
import { arbitraryProfile } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const author = { who: "ann" };

function seeded(state: Readonly<Record<string, { readonly tags: readonly string[]; readonly rules?: unknown }>>) {
  const deps = memoryDeps();
  for (const [id, { tags, rules }] of Object.entries(state)) {
    deps.memory.kv.transact({
      compares: [],
      puts: [
        { key: profileTagsKey(profileId(id)), text: JSON.stringify(tags) },
        { key: profileRulesKey(profileId(id)), text: JSON.stringify(rules ?? {}) },
      ],
      deletes: [],
    });
  }
  return deps;
}

const APP = {
  tags: ["APP"],
  rules: {
    inbound_rules: [
      { protocol: "tcp", src_tag: "KEY", action: "allow", dst_ports: [7890] },
      { action: "deny", "!src_tag": "KEY", dst_tag: "APP" },
    ],
    outbound_rules: [{ action: "allow", "!dst_tag": "KEY", dst_tag: null }],
  },
};
const WEB = { tags: ["WEB", "KEY", "Z"] };

describe("renaming a tag", () => {
  it("rewrites every holder and every rule that names it, in one transaction, and nothing else of a rule", async () => {
    const deps = seeded({ APP, WEB, DB: { tags: ["DB"] } });
    const before = await deps.revision();
    const renamed = await renameTag(deps, author, { from: tag("KEY"), to: tag("APP_7890") });
    expect(renamed).toEqual({
      ok: true,
      value: { revision: before + 1, holders: ["WEB"], ruleCount: 3, unreadable: [] },
    });
    expect(deps.memory.kv.read(profileTagsKey(profileId("WEB")))?.text).toBe('["WEB","APP_7890","Z"]');
    expect(deps.memory.kv.read(profileRulesKey(profileId("APP")))?.text).toBe(
      JSON.stringify(APP.rules).replaceAll("KEY", "APP_7890"),
    );
  });

  it("takes comments along, refuses an unknown tag and one that is in use, and leaves what it cannot read", async () => {
    const deps = seeded({ APP, WEB });
    deps.memory.kv.transact({
      compares: [],
      puts: [{ key: profileRulesKey(profileId("BAD")), text: '{"inbound_rules":[{"src_tag":"KEY","x":1}]}' }],
      deletes: [],
    });
    const comment = { kind: "comment-rule", direction: "inbound", at: 1, text: "why" } as const;
    await editProfile(deps, author, { profileId: profileId("APP"), edits: [comment] });
    expect(await renameTag(deps, author, { from: tag("NONE"), to: tag("X") })).toEqual({
      ok: false,
      error: { kind: "tag-not-known", tag: "NONE" },
    });
    expect(await renameTag(deps, author, { from: tag("KEY"), to: tag("APP") })).toEqual({
      ok: false,
      error: { kind: "tag-in-use", tag: "APP", holders: 1, rules: 1 },
    });
    const renamed = await renameTag(deps, author, { from: tag("KEY"), to: tag("NEW") });
    expect(renamed).toMatchObject({ ok: true, value: { unreadable: ["BAD"] } });
    const { sidecar } = await deps.store.readSidecar(profileId("APP"));
    const read = await deps.store.readProfile(profileId("APP"));
    const rules = read?.profile.rules.kind === "valid" ? read.profile.rules.value.inbound : [];
    expect(sidecar.kind === "valid" && commentsOf(rules, sidecar.value.inbound)).toEqual(["why", undefined]);
  });

  it("is refused with the figures when one transaction cannot hold it", async () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`P${index}`, { tags: ["KEY"] }]));
    const deps = seeded(many);
    const store = deps.memory.connect({ maxTxnOps: 128, maxRequestBytes: 1_500_000 });
    const before = await deps.revision();
    const refused = await renameTag({ ...deps, store }, author, { from: tag("KEY"), to: tag("NEW") });
    expect(refused).toMatchObject({ ok: false, error: { kind: "too-large", operations: 141, maxOperations: 128 } });
    expect(await deps.revision()).toBe(before);
  });

  it("loses nothing of what others save meanwhile", async () => {
    const deps = seeded({ APP, WEB });
    const add = editProfile(deps, author, {
      profileId: profileId("WEB"),
      edits: [{ kind: "add-tag", tag: tag("MORE") }],
    });
    const [renamed] = await Promise.all([renameTag(deps, author, { from: tag("KEY"), to: tag("NEW") }), add]);
    expect(renamed.ok).toBe(true);
    expect(deps.memory.kv.read(profileTagsKey(profileId("WEB")))?.text).toBe('["WEB","NEW","Z","MORE"]');
  });

  it("R10 opens and closes nothing, for any policy", PROPERTY_TIMEOUT, async () => {
    const policy = fc.uniqueArray(arbitraryProfile(), { maxLength: 4, selector: ({ id }) => id });
    await fc.assert(
      fc.asyncProperty(policy, fc.nat(), async (profiles, seed) => {
        const deps = { ...memoryDeps(), ...createMemoryStore() };
        for (const { id, tags, rules } of profiles) {
          if (tags.kind !== "valid" || rules.kind !== "valid") continue;
          const puts = [
            { key: profileTagsKey(id), text: formatTagsValue(tags.value) },
            { key: profileRulesKey(id), text: formatRulesValue(rules.value) },
          ];
          deps.kv.transact({ compares: [], puts, deletes: [] });
        }
        const held = profiles.flatMap(({ tags }) => (tags.kind === "valid" ? tags.value : []));
        const from = held[seed % Math.max(1, held.length)];
        if (from === undefined) return;
        const before = await loadSnapshot(deps);
        const renamed = await renameTag(deps, author, { from, to: tag("A-name-that-no-other-has") });
        expect(renamed.ok).toBe(true);
        const after = await loadSnapshot(deps);
        expect(reachChanges(reachability(before), reachability(after))).toEqual([]);
        expect((await renameTag(deps, author, { from, to: tag("other") })).ok).toBe(false);
      }),
      runCount(60),
    );
  });
});
