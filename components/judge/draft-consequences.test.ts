import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judged } from "#analysis/impact/impact.ts";
import type { KnownIntent } from "#analysis/intents/broken-intents.ts";
import { parseIntentId } from "#policy/intent/intent.ts";
import { parseIntentValue } from "#policy/intent/intent-value.ts";
import { applyChanges, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { draftConsequences } from "./draft-consequences.ts";

const estate = snapshotFromEntries(parseStateFile(readFileSync("lib/testing/estate-12.json", "utf8")).entries);

function intent(name: string, value: object): KnownIntent {
  const [id, leaf] = [parseIntentId(name), parseIntentValue(JSON.stringify(value))];
  if (id === undefined || leaf.kind !== "valid") throw new Error(JSON.stringify(leaf));
  return { id, intent: leaf.value };
}

const kept = intent("kept", {
  must: "reach",
  from: "profile:WEB",
  to: "profile:APP",
  protocol: "tcp",
  dst_ports: [7890],
});

test("a draft that takes the key away breaks the intent that hangs on it; the way back repairs it", () => {
  const without = applyChanges(estate, [
    { key: "/calico/v1/policy/profile/WEB/tags", value: '["WEB"]', modRevision: 999 },
  ]);
  const [before, after] = [judged(estate), judged(without)];
  expect(draftConsequences(before, after, [kept])).toMatchObject({
    broken: [expect.stringMatching(/^WEB must reach APP/)],
    repaired: [],
    holding: 0,
    intentCount: 1,
  });
  expect(draftConsequences(after, before, [kept])).toMatchObject({
    broken: [],
    holding: 1,
    repaired: [expect.any(String)],
  });
});

test("a rule that never matches is a finding gained, and lost again without it; nothing else is said", () => {
  const twice = applyChanges(estate, [
    {
      key: "/calico/v1/policy/profile/WEB/rules",
      value: JSON.stringify({
        inbound_rules: [{ action: "deny" }, { action: "allow", protocol: "tcp", dst_ports: [80] }],
        outbound_rules: [{ action: "allow" }],
      }),
      modRevision: 999,
    },
  ]);
  const gained = draftConsequences(judged(estate), judged(twice), []).gained;
  expect(gained).toContainEqual(expect.stringMatching(/^WEB inbound 2.*never matches/));
  expect(draftConsequences(judged(twice), judged(estate), []).lost).toEqual(gained);
  expect(draftConsequences(judged(estate), judged(estate), [])).toMatchObject({ gained: [], lost: [], broken: [] });
});
