import { describe, expect, it } from "vitest";
import type { ProfileId } from "#policy/profile-id.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { assignmentEffect } from "./assignment/assignment-effect.ts";
import { endpointRows, filterRows } from "./endpoint-rows.ts";

const entry = (key: string, value: unknown) => ({
  key: `/calico/v1/${key}`,
  value: typeof value === "string" ? value : JSON.stringify(value),
  modRevision: 7,
});
const rules = { inbound_rules: [], outbound_rules: [] };
const endpoint = (profileIds: readonly string[]) => ({
  state: "active",
  name: "cali1",
  profile_ids: profileIds,
  ipv4_nets: ["10.65.0.1/32"],
  ipv6_nets: ["fd00:65::1/128"],
});
const snapshot = snapshotFromEntries([
  entry("policy/profile/WEB/tags", ["WEB", "APP_7890"]),
  entry("policy/profile/WEB/rules", rules),
  entry("policy/profile/APP/tags", ["APP"]),
  entry("policy/profile/APP/rules", rules),
  entry("policy/profile/BAD/tags", ["BAD"]),
  entry("policy/profile/BAD/rules", { inbound_rules: [{ port: 80 }], outbound_rules: [] }),
  entry("host/node-01/workload/docker/w1/endpoint/web-1", endpoint(["WEB", "GONE", "BAD"])),
  entry("host/node-02/workload/docker/w2/endpoint/web-2", "{ not json"),
]);
const ids = (...names: readonly string[]) => names as readonly ProfileId[];

describe("the rows of the endpoints page", () => {
  const rows = endpointRows(snapshot);

  it("list every endpoint, also one that cannot be read, with its reasons", () => {
    expect(rows.map(({ id }) => id)).toEqual(["node-01/docker/w1/web-1", "node-02/docker/w2/web-2"]);
    expect(rows.map(({ value }) => (value.kind === "invalid" ? value.issues.length > 0 : value.kind))).toEqual([
      "valid",
      true,
    ]);
  });

  it("keep the order of the profiles and mark those that are missing or cannot be read", () => {
    expect(rows[0]?.profiles.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "WEB fine",
      "GONE missing",
      "BAD invalid",
    ]);
  });

  it("are found by name, host, address, interface, profile and state", () => {
    for (const query of ["web-1", "node-01", "10.65.0.1", "fd00:65", "cali1", "gone", "missing", "NODE-01 web"]) {
      expect(filterRows(rows, query).map(({ key }) => key.endpoint)).toEqual(["web-1"]);
    }
    expect(filterRows(rows, "invalid").length).toBe(2);
    expect(filterRows(rows, "nowhere")).toEqual([]);
  });
});

describe("what another list means", () => {
  it("is the tags gained and lost", () => {
    const effect = assignmentEffect(ids("WEB"), ids("APP"), snapshot);
    expect([effect.gainedTags, effect.lostTags]).toEqual([["APP"], ["APP_7890", "WEB"]]);
  });

  it("is no change of tags when only the order changes", () => {
    const effect = assignmentEffect(ids("WEB", "APP"), ids("APP", "WEB"), snapshot);
    expect([effect.gainedTags, effect.lostTags, effect.isSame]).toEqual([[], [], false]);
  });

  it("says where new traffic stops, and which profiles are hidden behind it", () => {
    expect(assignmentEffect(ids(), ids("WEB", "GONE", "APP"), snapshot).stopsAt).toEqual({
      id: "GONE",
      state: "missing",
      hides: ["APP"],
    });
    expect(assignmentEffect(ids(), ids("WEB", "BAD"), snapshot).stopsAt?.state).toBe("invalid");
    expect(assignmentEffect(ids(), ids("WEB", "APP"), snapshot).stopsAt).toBeUndefined();
  });
});
