import { describe, expect, it } from "vitest";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

type Endpoints = Readonly<Record<string, object>>;

const OPEN = { tags: ["OPEN"], rules: { inbound_rules: [{ src_tag: "OPEN" }], outbound_rules: [{}] } };

/** IPv4 of node n1 with one open profile and these endpoints. */
function policyOf(endpoints: Endpoints, config: Readonly<Record<string, string>> = {}): NodePolicy {
  const { entries, issues } = parseStateValue({ config, profiles: { OPEN }, endpoints });
  expect(issues).toEqual([]);
  const snapshot = snapshotFromEntries(entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "n1", families: [4] }).options);
}

function endpoint(name: string, fields: object = {}): object {
  const usual = { host: "n1", state: "active", profile_ids: ["OPEN"], ipv4_nets: [], ipv6_nets: [] };
  return { ...usual, name, ...fields };
}

function filterLines(policy: NodePolicy): string {
  const table = policy.families[0]?.tables.find((one) => one.table === "filter");
  return [...(table?.chains.values() ?? [])]
    .flatMap(({ name, lines }) => lines.map(({ spec }) => `${name} ${spec}`))
    .join("\n");
}

describe("a node's policy", () => {
  it("an endpoint of another host has no chains here, but its address is in the tag's set", () => {
    const policy = policyOf({
      here: endpoint("cali1"),
      there: endpoint("cali2", { host: "n2", ipv4_nets: ["10.0.0.9"] }),
    });
    expect(policy.interfaces).toEqual(["cali1"]);
    expect([...(policy.families[0]?.sets ?? [])]).toEqual([["OPEN", new Set(["10.0.0.9"])]]);
  });

  it("two active endpoints on one interface close each other, and both are named", () => {
    const policy = policyOf({ a: endpoint("cali1"), b: endpoint("cali1") });
    expect(filterLines(policy)).not.toContain("cali1 ");
    expect(policy.rejected.map(({ key }) => key)).toEqual(["n1/manual/a/a", "n1/manual/b/b"]);
  });

  it("an inactive endpoint does not disturb an active one on the same interface", () => {
    const policy = policyOf({ a: endpoint("cali1"), b: endpoint("cali1", { state: "inactive" }) });
    expect(policy.rejected).toEqual([]);
    expect(filterLines(policy)).toContain("tortie-to -o cali1 -g tortie-ei-OPEN");
  });

  it("an interface outside the managed prefixes is rejected, not enforced somewhere else", () => {
    const policy = policyOf({ a: endpoint("tap1") });
    expect(policy.rejected[0]?.reason).toContain("tap1");
    expect(filterLines(policy)).not.toContain("tap1");
  });

  it("an interface named like the prefix alone is an endpoint's too", () => {
    expect(filterLines(policyOf({ a: endpoint("cali") }))).toContain("tortie-from -i cali -g tortie-eo-OPEN");
  });

  it("a set beyond the limit closes the chains that name it, and is reported instead of going stale", () => {
    const config = { MaxIpsetSize: "2" };
    const crowd = Object.fromEntries(
      [1, 2, 3].map((n) => [`e${n}`, endpoint(`cali${n}`, { ipv4_nets: [`10.0.0.${n}`] })]),
    );
    const policy = policyOf(crowd, config);
    expect(filterLines(policy)).toContain("tortie-pi-OPEN -j DROP");
    expect(filterLines(policy)).toContain("tortie-po-OPEN -g tortie-accept");
    expect([...(policy.families[0]?.sets.keys() ?? [])]).toEqual([]);
    expect(policy.rejected.map(({ key }) => key)).toEqual(["tag OPEN"]);
  });

  it("addresses ipset cannot hold are in no set", () => {
    const policy = policyOf({ a: endpoint("cali1", { ipv4_nets: ["0.0.0.0", "10.0.0.1"] }) });
    expect([...(policy.families[0]?.sets.get("OPEN" as never) ?? [])]).toEqual(["10.0.0.1"]);
  });
});
