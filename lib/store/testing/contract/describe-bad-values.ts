import { expect, test } from "vitest";
import { profileRulesKey } from "#policy/layout/policy-key.ts";
import type { Profile } from "#policy/profile.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { addTag, createProfile, creation, note, profileId } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const WEB = profileId("WEB");

const NONSENSE_RULES = [
  { what: "nothing at all", text: "" },
  { what: "null", text: "null" },
  { what: "words", text: "not json" },
  { what: "a list", text: "[]" },
  { what: "a number of rules", text: '{"inbound_rules": 7}' },
  { what: "an unknown action", text: '{"inbound_rules": [{"action": "maybe"}]}' },
  { what: "a port of 70000", text: '{"inbound_rules": [{"protocol": "tcp", "dst_ports": [70000]}]}' },
  { what: "an unknown field", text: '{"inbound_rules": [{"colour": "red"}]}' },
  { what: "5000 open brackets", text: "[".repeat(5_000) },
] as const;

/** Values that others wrote and no agent accepts, and values that are too large. */
export function describeBadValues(subject: () => StoreUnderTest): void {
  const open = () => subject().connect().store;

  test.each(NONSENSE_RULES)("rules written by hand as $what are shown as invalid with a reason", async ({ text }) => {
    await subject().put(profileRulesKey(WEB), text);
    const read = await open().readProfile(WEB);
    expect(read?.profile.rules).toMatchObject({ kind: "invalid", text });
    const issues = read?.profile.rules.kind === "invalid" ? read.profile.rules.issues : [];
    expect(issues.length).toBeGreaterThan(0);
    const { entries } = await open().readSnapshot();
    expect(snapshotFromEntries(entries).profiles.get(WEB)?.rules.kind).toBe("invalid");
  });

  test("an edit of the tags leaves invalid rules exactly as they are", async () => {
    const store = open();
    await subject().put(profileRulesKey(WEB), "{oops");
    await addTag(store, "WEB", "A");
    expect((await subject().list(profileRulesKey(WEB))).map(({ value }) => value)).toEqual(["{oops"]);
  });

  test("an invalid value is replaced by a valid one on its revision, and the journal keeps what was there", async () => {
    const store = open();
    await createProfile(store, "WEB");
    await subject().put(profileRulesKey(WEB), "{oops");
    const read = await store.readProfile(WEB);
    if (read === undefined) throw new Error("WEB is gone");
    const after: Profile = { ...read.profile, rules: { kind: "valid", value: { inbound: [], outbound: [] } } };
    const write = { kind: "profile", id: WEB, base: read.version, after } as const;
    expect(await store.commit({ writes: [write], journal: note("fix", "2026-11-24T00:00:00Z") })).toMatchObject({
      ok: true,
    });
    const journal = (await subject().list("/tortie/v1/journal/")).map(({ value }) => JSON.parse(value));
    expect(journal.at(-1).changes).toEqual([
      { key: profileRulesKey(WEB), after: '{"inbound_rules":[],"outbound_rules":[]}', before: "{oops" },
    ]);
  });

  test("an invalid leaf is never written", async () => {
    const store = open();
    const after: Profile = {
      id: WEB,
      tags: { kind: "invalid", text: '["!"]', issues: [] },
      rules: { kind: "missing" },
    };
    const request = {
      writes: [{ kind: "profile", id: WEB, base: { tags: 0, rules: 0 }, after } as const],
      journal: note(),
    };
    await expect(store.commit(request)).rejects.toThrow(TypeError);
    expect(await subject().list("/")).toEqual([]);
  });

  test("a value that only claims to be valid is never written", async () => {
    const store = open();
    const forged = JSON.parse('{"id":"WEB","tags":{"kind":"valid","value":["not a tag"]},"rules":{"kind":"missing"}}');
    const request = {
      writes: [{ kind: "profile", id: WEB, base: { tags: 0, rules: 0 }, after: forged } as const],
      journal: note(),
    };
    await expect(store.commit(request)).rejects.toThrow(TypeError);
    expect(await subject().list("/")).toEqual([]);
  });

  test("a transaction with too many operations is refused with the figures and nothing is written", async () => {
    const store = subject().connect({ maxTxnOps: 8, maxRequestBytes: 1_000_000 }).store;
    const request = { writes: ["A", "B", "C", "D"].map(creation), journal: note() };
    // 4 profiles have 8 keys; with the request's own key that makes 9 compares, and 10 puts with the journal entry.
    expect(await store.commit(request)).toMatchObject({
      ok: false,
      error: { kind: "too-large", operations: 10, maxOperations: 8, maxBytes: 1_000_000 },
    });
    expect(await subject().list("/")).toEqual([]);
    expect(await store.commit({ ...request, writes: ["A", "B", "C"].map(creation) })).toMatchObject({ ok: true });
  });

  test("a rehearsal is refused like the change itself, and writes nothing where the change would", async () => {
    const store = subject().connect({ maxTxnOps: 8, maxRequestBytes: 1_000_000 }).store;
    const rehearse = (...ids: readonly string[]) =>
      store.commit({ writes: ids.map(creation), journal: note(), isRehearsal: true });
    expect(await rehearse("A", "B", "C", "D")).toMatchObject({ ok: false, error: { kind: "too-large" } });
    expect(await rehearse("A")).toEqual({ ok: true, value: { revision: 0 } });
    expect(await subject().list("/")).toEqual([]);
  });

  test("a transaction with too many bytes is refused with the figures and nothing is written", async () => {
    const store = subject().connect({ maxTxnOps: 128, maxRequestBytes: 1_000 }).store;
    const journal = { ...note("r1"), note: "x".repeat(1_000) };
    const refused = await store.commit({ writes: [creation("WEB")], journal });
    expect(refused).toMatchObject({ ok: false, error: { kind: "too-large", maxBytes: 1_000 } });
    const bytes = refused.ok || refused.error.kind !== "too-large" ? 0 : refused.error.bytes;
    expect(bytes).toBeGreaterThan(1_700);
    expect(bytes).toBeLessThan(2_000);
    expect(await subject().list("/")).toEqual([]);
  });
}
