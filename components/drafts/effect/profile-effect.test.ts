import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reachability } from "#analysis/reach/reachability.ts";
import { reachEffect } from "#components/reach/reach-effect.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { effectSentence } from "./effect-sentence.ts";
import { profileEffect } from "./profile-effect.ts";

const estate = snapshotFromEntries(parseStateFile(readFileSync("lib/testing/estate-12.json", "utf8")).entries);

function effectOf(id: string, leaf: "tags" | "rules", value: object) {
  const profileId = parseProfileId(id);
  if (!profileId.ok) throw new Error(id);
  const key = `/calico/v1/policy/profile/${id}/${leaf}`;
  const after: Snapshot = applyChanges(estate, [{ key, value: JSON.stringify(value), modRevision: 999 }]);
  return {
    narrow: profileEffect(reachability(estate), reachability(after), profileId.value),
    whole: reachEffect(estate, after),
  };
}

test.each<[string, "tags" | "rules", object]>([
  ["WEB", "tags", ["WEB"]],
  ["BATCH", "tags", ["BATCH", "APP_7890"]],
  [
    "DB",
    "rules",
    { inbound_rules: [{ action: "allow", protocol: "tcp", src_net: "10.99.0.0/16" }], outbound_rules: [] },
  ],
  ["OPS", "rules", { inbound_rules: [], outbound_rules: [{ action: "deny", protocol: "tcp" }, { action: "allow" }] }],
])("looking only at pairs with %s finds everything that changes with its %s", (id, leaf, value) => {
  const { narrow, whole } = effectOf(id, leaf, value);
  expect(narrow).toEqual(whole);
  expect(narrow.opens.length + narrow.closes.length).toBeGreaterThan(0);
});

test("taking APP_7890 from WEB closes exactly WEB to APP tcp 7890, and the sentence says so", () => {
  const { narrow } = effectOf("WEB", "tags", ["WEB"]);
  expect(narrow).toEqual({ opens: [], closes: [{ from: "WEB", to: "APP", what: "tcp 7890" }] });
  expect(effectSentence(narrow)).toBe("Closes WEB → APP tcp 7890.");
});
