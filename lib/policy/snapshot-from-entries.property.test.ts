import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEvaluator } from "#policy/evaluate.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import type { Snapshot, StoredEntry } from "#policy/snapshot.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { formatStateFile } from "#policy/state-file/format-state-file.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { arbitraryProbeJson, arbitraryProfileJson } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const KEYS = [
  "/calico/v1/Ready",
  "/calico/v1/config/DefaultEndpointToHostAction",
  "/calico/v1/config/LogSeverityScreen",
  "/calico/v1/host/h1/bird_ip",
  "/calico/v1/host/h2/bird_ip",
  "/calico/v1/host/h1/config/DefaultEndpointToHostAction",
  "/calico/v1/host/h2/config/DefaultEndpointToHostAction",
  ...["P", "Q", "R", "a b"].flatMap((id) => [
    `/calico/v1/policy/profile/${id}/tags`,
    `/calico/v1/policy/profile/${id}/rules`,
  ]),
  ...["a", "b", "c!"].flatMap((name) => [
    `/calico/v1/host/h1/workload/o/w/endpoint/${name}`,
    `/calico/v1/host/h2/workload/o/w/endpoint/${name}`,
  ]),
  "/calico/v1/policy/profile/P/labels",
  "/calico/v1/ipam/v4/pool/10.0.0.0-8",
] as const;

const nonsense = fc.oneof(
  fc.constantFrom("", "{", "null", "[]", "{}", '"x"', "7", "true", '{"a":[[[]]]}', "RETURN", "172.16.0.1"),
  fc.json({ maxDepth: 3 }),
  fc.string(),
);

const endpointText = fc
  .record({
    state: fc.constantFrom("active", "inactive", "on"),
    name: fc.constantFrom("cali1", "cali2", "too long an interface"),
    profile_ids: fc.array(fc.constantFrom("P", "Q", "GONE")),
    ipv4_nets: fc.array(fc.constantFrom("10.0.0.1/32", "10.0.0.2", "10.0.5.0/24")),
    ipv6_nets: fc.array(fc.constantFrom("fd00::1/128")),
  })
  .map((value) => JSON.stringify(value));

const ruleText = arbitraryProfileJson().map(({ tags, rules }) => ({
  tags: JSON.stringify(tags ?? ["A"]),
  rules: JSON.stringify(rules ?? {}),
}));

/** A value that belongs under the key, or now and then nonsense. */
function arbitraryValue(key: string): fc.Arbitrary<string> {
  const fitting = key.endsWith("/tags")
    ? ruleText.map(({ tags }) => tags)
    : key.endsWith("/rules")
      ? ruleText.map(({ rules }) => rules)
      : key.includes("/endpoint/")
        ? endpointText
        : fc.constantFrom("true", "RETURN", "DROP", "172.16.0.1", "172.16.0.2");
  return fc.oneof({ weight: 3, arbitrary: fitting }, { weight: 1, arbitrary: nonsense });
}

type Change = { readonly key: string; readonly value?: string };

const arbitraryChanges: fc.Arbitrary<readonly (readonly Change[])[]> = fc.array(
  fc.array(
    fc
      .constantFrom(...KEYS)
      .chain((key) =>
        fc
          .option(arbitraryValue(key), { nil: undefined, freq: 3 })
          .map((value) => (value === undefined ? { key } : { key, value })),
      ),
    { minLength: 1, maxLength: 4 },
  ),
  { maxLength: 12 },
);

/** The snapshot as plain values with its order, so that a wrong order of keys shows. */
function plain(snapshot: Snapshot): unknown {
  const { revision: _revision, ...others } = snapshot;
  return JSON.parse(
    JSON.stringify(others, (_key, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value instanceof Map ? [...value] : value,
    ),
  );
}

function entriesAfter(batches: readonly (readonly Change[])[]): readonly StoredEntry[] {
  const stored = new Map<string, StoredEntry>();
  batches.forEach((changes, index) => {
    for (const { key, value } of changes) {
      if (value === undefined) stored.delete(key);
      else stored.set(key, { key, value, modRevision: index + 2 });
    }
  });
  return [...stored.values()];
}

describe("snapshots", PROPERTY_TIMEOUT, () => {
  it("E11 changes applied one batch at a time lead to the snapshot of what is left", () => {
    fc.assert(
      fc.property(arbitraryChanges, (batches) => {
        const changed = batches.reduce(
          (snapshot, changes, index) =>
            applyChanges(
              snapshot,
              changes.map((change) => ({ ...change, modRevision: index + 2 })),
            ),
          snapshotFromEntries([]),
        );
        expect(plain(changed)).toEqual(plain(snapshotFromEntries(entriesAfter(batches))));
        expect(changed.revision).toBe(batches.length === 0 ? 0 : batches.length + 1);
      }),
      runCount(500),
    );
  });

  it("E11 the order in which entries are read does not matter", () => {
    fc.assert(
      fc.property(arbitraryChanges, fc.nat(), (batches, seed) => {
        const entries = entriesAfter(batches);
        const shuffled = [...entries].sort((a, b) => hash(a.key, seed) - hash(b.key, seed));
        expect(plain(snapshotFromEntries(shuffled))).toEqual(plain(snapshotFromEntries(entries)));
      }),
      runCount(200),
    );
  });

  it("E12 the state file of any store, broken or not, reads back as the same snapshot", () => {
    fc.assert(
      fc.property(arbitraryChanges, (batches) => {
        const isKept = (key: string) => !key.includes("a b");
        const entries = entriesAfter(batches).filter(({ key, value }) => isKept(key) && isCompactJson(value));
        const snapshot = snapshotFromEntries(entries);
        const file = parseStateFile(formatStateFile(snapshot));
        expect(file.issues).toEqual([]);
        expect(plain(snapshotFromEntries(file.entries))).toEqual(plain(snapshot));
      }),
      runCount(500),
    );
  });

  it("E7 no stored value, however broken, makes evaluate throw", () => {
    fc.assert(
      fc.property(arbitraryChanges, fc.array(arbitraryProbeJson(), { maxLength: 10 }), (batches, probes) => {
        const evaluate = createEvaluator(snapshotFromEntries(entriesAfter(batches)));
        for (const probe of probes) {
          const parsed = parseProbe(probe);
          if (parsed.ok) expect(["allow", "deny"]).toContain(evaluate(parsed.value).verdict);
        }
      }),
      runCount(300),
    );
  });
});

/** A state file keeps what a value says, not how it is spaced: JSON that is not compact would differ in its text. */
function isCompactJson(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return true;
  }
}

function hash(text: string, seed: number): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0) + seed) % 65521, seed % 65521);
}
