import { describe, expect, test } from "vitest";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { isOpenToAnywhere, matchesQuery } from "./filter-profiles.ts";

function profile(
  name: string,
  tags: readonly string[],
  inbound: readonly Readonly<Record<string, unknown>>[],
): Profile {
  const id = parseProfileId(name);
  if (!id.ok) throw new Error(name);
  const rules = JSON.stringify({ inbound_rules: inbound, outbound_rules: [{ action: "allow" }] });
  return { id: id.value, tags: parseTagsValue(JSON.stringify(tags)), rules: parseRulesValue(rules) };
}

const app = profile(
  "APP",
  ["APP", "DB_5432"],
  [
    { action: "allow", protocol: "tcp", src_tag: "APP_7890", dst_ports: ["7000:7999"] },
    { action: "allow", protocol: "tcp", src_net: "10.20.0.0/16", dst_ports: [22] },
  ],
);

describe("the filter of the board", () => {
  test.each([
    "app",
    "db_54",
    "app_7890",
    "7890",
    "7001",
    "10.20.30.40",
    "10.20.0.0/16",
    "10.20.5.0/24",
    "10.0.0.0/8",
    "tcp 22",
    "APP db_5432",
    "",
  ])("APP is found by %s", (query) => expect(matchesQuery(app, query)).toBe(true));

  test.each(["web", "8000", "10.21.0.1", "10.21.0.0/24", "app web", "fd00::1"])("APP is not found by %s", (query) =>
    expect(matchesQuery(app, query)).toBe(false),
  );
});

describe("open to anywhere", () => {
  test.each([
    [[{ action: "allow", protocol: "tcp", dst_ports: [80] }], true],
    [[{ protocol: "udp", dst_ports: [53] }], true],
    [[{ action: "allow", protocol: "icmp", icmp_type: 8 }], false],
    [[{ action: "allow", src_tag: "WEB" }], false],
    [[{ action: "deny" }], false],
    [[], false],
  ])("inbound %j: %s", (inbound, isOpen) => expect(isOpenToAnywhere(profile("X", ["X"], inbound))).toBe(isOpen));
});
