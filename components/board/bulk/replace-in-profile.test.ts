import { expect, test } from "vitest";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { type Replacement, replaceInProfile } from "./replace-in-profile.ts";

function tag(text: string): Tag {
  const parsed = parseTag(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function app(tags: readonly string[], inbound: readonly object[]): Profile {
  const state = { profiles: { APP: { tags, rules: { inbound_rules: inbound, outbound_rules: [] } } } };
  const [profile] = snapshotFromEntries(parseStateValue(state).entries).profiles.values();
  if (profile === undefined) throw new Error("no profile");
  return profile;
}

function after(profile: Profile, replacement: Replacement) {
  const edited = applyEdits(profile, replaceInProfile(profile, replacement));
  if (!edited.ok || edited.value.rules.kind !== "valid" || edited.value.tags.kind !== "valid")
    throw new Error("refused");
  return { tags: edited.value.tags.value, inbound: edited.value.rules.value.inbound };
}

const toNew: Replacement = { kind: "port", from: [7890, 7890], to: [7891, 7891] };

test("a port is replaced in every list that names it, key order and all else as written; a range around it stays", () => {
  const profile = app(
    ["APP"],
    [
      { protocol: "tcp", dst_ports: [22, 7890], action: "allow" },
      { protocol: "tcp", "!src_ports": [7890], action: "deny" },
      { protocol: "tcp", dst_ports: ["7000:7999"] },
    ],
  );
  const { inbound } = after(profile, toNew);
  expect(inbound.map((rule) => JSON.stringify(rule))).toEqual([
    '{"protocol":"tcp","dst_ports":[22,7891],"action":"allow"}',
    '{"protocol":"tcp","!src_ports":[7891],"action":"deny"}',
    '{"protocol":"tcp","dst_ports":["7000:7999"]}',
  ]);
});

test("a port that stands beside the new one leaves one of it; a range can take its place", () => {
  const profile = app(["APP"], [{ protocol: "tcp", dst_ports: [7890, 7891] }]);
  expect(after(profile, toNew).inbound).toEqual([{ protocol: "tcp", dst_ports: [7891] }]);
  const range: Replacement = { kind: "port", from: [7890, 7890], to: [8000, 8010] };
  expect(after(profile, range).inbound).toEqual([{ protocol: "tcp", dst_ports: ["8000:8010", 7891] }]);
});

test("a tag is replaced where it is held and where rules name it; held twice it is held once", () => {
  const rules = [{ action: "allow", src_tag: "OLD" }];
  const swap: Replacement = { kind: "tag", from: tag("OLD"), to: tag("NEW") };
  expect(after(app(["APP", "OLD"], rules), swap)).toEqual({
    tags: ["APP", "NEW"],
    inbound: [{ action: "allow", src_tag: "NEW" }],
  });
  expect(after(app(["NEW", "OLD"], rules), swap).tags).toEqual(["NEW"]);
  expect(replaceInProfile(app(["APP"], []), swap)).toEqual([]);
});
