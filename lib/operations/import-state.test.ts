import { expect, test } from "vitest";
import { createProfile } from "#operations/create-profile.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { importState } from "#operations/import-state.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parkedPlaces } from "#policy/sidecar/sidecar.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";

const author = { who: "board", note: "" };
const allow = (port: number) => ({ action: "allow", protocol: "tcp", dst_ports: [port] });
const stateOf = (...ports: readonly number[]) =>
  parseStateFile(
    JSON.stringify({
      profiles: { APP: { tags: ["APP"], rules: { inbound_rules: ports.map(allow), outbound_rules: [] } } },
    }),
  ).entries;

test("a state file moves rules, and what is kept beside them goes with them", async () => {
  const deps = memoryDeps();
  const id = parseProfileId("APP");
  if (!id.ok) throw new Error("APP is a name");
  await createProfile(deps, author, { profileId: id.value });
  await importState(deps, author, { entries: stateOf(1, 2, 3, 4) });
  const edited = await editProfile(deps, author, {
    profileId: id.value,
    edits: [
      { kind: "comment-rule", direction: "inbound", at: 1, text: "first" },
      { kind: "park-rule", direction: "inbound", at: 3 },
    ],
  });
  expect(edited.ok).toBe(true);
  const imported = await importState(deps, author, { entries: stateOf(9, 4, 1, 2) });
  expect(imported.ok).toBe(true);
  const { sidecar } = await deps.store.readSidecar(id.value);
  const profile = (await deps.store.readProfile(id.value))?.profile;
  if (sidecar?.kind !== "valid" || profile?.rules.kind !== "valid") throw new Error("nothing is kept");
  const { inbound } = sidecar.value;
  expect(inbound.comments.map(({ rule, text }) => [formatRule(rule), text])).toEqual([
    ["allow tcp to ports 1", "first"],
  ]);
  expect(inbound.parked[0]?.behind, "the stored place, not one worked out by its reader").toBe(4);
  expect(parkedPlaces(profile.rules.value.inbound, inbound)).toEqual([4]);
});
