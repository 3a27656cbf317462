import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findProblems } from "#analysis/findings/find-problems.ts";
import { answerReach } from "#analysis/question/reach/answer-reach.ts";
import { applyChanges, EMPTY_SNAPSHOT, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { formatStateFile } from "#policy/state-file/format-state-file.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import { applyPatch, patchBetween } from "./snapshot-patch.ts";

const path = new URL("../../../lib/testing/estate-12.json", import.meta.url);
const { entries } = parseStateFile(readFileSync(path, "utf8"));
const estate = snapshotFromEntries(entries);

test("what crosses to the worker and back answers as the page's own snapshot does, also after changes", () => {
  const there = applyPatch(EMPTY_SNAPSHOT, structuredClone(patchBetween(EMPTY_SNAPSHOT, estate)));
  expect(formatStateFile(there)).toBe(formatStateFile(estate));
  expect(findProblems(there)).toEqual(findProblems(estate));
  const [endpoint] = estate.endpoints.keys();
  const question = { from: `endpoint:${endpoint}`, to: "profile:DB", traffic: {} };
  expect(answerReach(there, question)).toEqual(answerReach(estate, question));

  const gone = entries.filter(({ key }) => /endpoint|WEB/.test(key)).slice(0, 9);
  const later = applyChanges(
    estate,
    gone.map(({ key }) => ({ key, modRevision: 99 })),
  );
  const patch = structuredClone(patchBetween(estate, later));
  expect(patch.maps.profiles.put.length + patch.maps.profiles.removed.length).toBeLessThan(3);
  expect(formatStateFile(applyPatch(there, patch))).toBe(formatStateFile(later));
});
