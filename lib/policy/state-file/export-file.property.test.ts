import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesOf, importInto } from "#policy/import/import-into.ts";
import { parseImportJson } from "#policy/json/parse-import-json.ts";
import { profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { exportFile } from "#policy/state-file/export-file.ts";
import { arbitraryProfileId, arbitraryStrictRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const REPLACE = { inbound: "replace", outbound: "replace" } as const;
const rulesValue = fc.record({
  inbound_rules: fc.array(arbitraryStrictRule(), { maxLength: 6 }),
  outbound_rules: fc.array(arbitraryStrictRule(), { maxLength: 6 }),
});
const estate = fc
  .uniqueArray(fc.tuple(arbitraryProfileId(), rulesValue), { minLength: 1, maxLength: 5, selector: ([id]) => id })
  .map((profiles) =>
    snapshotFromEntries(
      profiles.flatMap(([id, rules]) => [
        { key: profileRulesKey(id), value: JSON.stringify(rules), modRevision: 2 },
        { key: profileTagsKey(id), value: JSON.stringify([id]), modRevision: 2 },
      ]),
    ),
  );

describe("export, then import", PROPERTY_TIMEOUT, () => {
  it.each(["one", "all of them", "everything"])("changes nothing: %s", (which) => {
    fc.assert(
      fc.property(estate, (snapshot) => {
        const ids = [...snapshot.profiles.keys()];
        const chosen: readonly ProfileId[] = which === "one" ? ids.slice(0, 1) : which === "everything" ? [] : ids;
        const file = exportFile(snapshot, chosen);
        if (!file.ok) throw new Error("every profile is there");
        const { parts, issues } = parseImportJson(file.value.text);
        expect(issues).toEqual([]);
        expect(parts?.map(({ id }) => id)).toEqual(which === "one" ? ids.slice(0, 1) : ids);
        for (const { id, rules, tags } of parts ?? []) {
          if (id === undefined || rules === undefined) throw new Error("every part names its profile");
          const wanted = { rules, ...(tags && { tags }), modes: REPLACE };
          const stored = snapshot.profiles.get(id);
          expect(importInto(id, stored, wanted)).toMatchObject({ ok: true, value: { edits: [] } });
          const changes = [...changesOf(stored, wanted, "inbound"), ...changesOf(stored, wanted, "outbound")];
          expect(changes.filter(({ kind }) => kind !== "kept")).toEqual([]);
        }
      }),
      runCount(40),
    );
  });
});
