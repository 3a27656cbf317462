import { describe, expect, it } from "vitest";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { countReachChanges, reachChanges, withoutEchoes } from "#analysis/reach/reach-changes.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";

type Rules = { readonly inbound_rules: readonly unknown[]; readonly outbound_rules: readonly unknown[] };
type Estate = Readonly<Record<string, { readonly tags: readonly string[]; readonly rules: Rules }>>;

const WEB_IN = [
  { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
  { action: "allow", protocol: "icmp", icmp_type: 8 },
];
const APP_IN = [
  { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
  { action: "allow", protocol: "icmp", icmp_type: 8 },
];
const ALL = [{ action: "allow" }];

const walkthrough: Estate = {
  WEB: { tags: ["WEB", "APP_7890"], rules: { inbound_rules: WEB_IN, outbound_rules: ALL } },
  APP: { tags: ["APP"], rules: { inbound_rules: APP_IN, outbound_rules: ALL } },
};

const reach = (estate: Estate) =>
  reachability(
    snapshotFromEntries(
      Object.entries(estate).flatMap(([id, { tags, rules }]) => [
        { key: `/calico/v1/policy/profile/${id}/tags`, value: JSON.stringify(tags), modRevision: 1 },
        { key: `/calico/v1/policy/profile/${id}/rules`, value: JSON.stringify(rules), modRevision: 1 },
      ]),
    ),
  );

const told = (before: Estate, after: Estate) =>
  reachChanges(reach(before), reach(after)).map(
    ({ from, to, opened, closed }) =>
      `${formatNode(from)} ${formatNode(to)} +${formatConnectionSet(opened)} -${formatConnectionSet(closed)}`,
  );

const app = walkthrough.APP as Estate[string];
const web = walkthrough.WEB as Estate[string];

describe("what changes between two policies", () => {
  it("is nothing between equal ones", () => {
    expect(told(walkthrough, walkthrough)).toEqual([]);
  });

  it("is exactly WEB to APP tcp 7890 when WEB loses its tag", () => {
    const without = { ...walkthrough, WEB: { ...web, tags: ["WEB"] } };
    expect(told(walkthrough, without)).toEqual(["WEB APP +none -tcp 7890"]);
    expect(countReachChanges(reachChanges(reach(walkthrough), reach(without)))).toEqual({ opened: 0, closed: 1 });
    expect(countReachChanges(reachChanges(reach(without), reach(walkthrough)))).toEqual({ opened: 1, closed: 0 });
  });

  it("says for a network that was not named before what its addresses could do then", () => {
    const ranged = { action: "allow", protocol: "tcp", dst_ports: [22], src_net: "10.20.0.0/16" };
    const rules = { inbound_rules: [...APP_IN, ranged], outbound_rules: ALL };
    const after = { ...walkthrough, APP: { ...app, rules } };
    expect(told(walkthrough, after)).toEqual(["10.20.0.0/16 APP +ipv4 tcp 22 -none"]);
    expect(told(after, walkthrough)).toEqual(["10.20.0.0/16 APP +none -ipv4 tcp 22"]);
  });

  it("lists every pair of a profile that is new, and of one that is gone", () => {
    const { APP: _, ...onlyWeb } = walkthrough;
    const pairs = told(onlyWeb, walkthrough).map((line) => line.split(" +")[0]);
    expect(pairs).toEqual(["world APP", "APP world", "APP APP", "APP WEB", "WEB APP"]);
    expect(told(walkthrough, onlyWeb).length).toBe(pairs.length);
  });

  it("can leave out what networks only repeat of the world", () => {
    const ranged = { action: "allow", protocol: "tcp", dst_ports: [22], src_net: "10.20.0.0/16" };
    const before = { ...walkthrough, APP: { ...app, rules: { inbound_rules: [ranged], outbound_rules: ALL } } };
    const deny = { action: "deny", protocol: "tcp", dst_ports: [25] };
    const after = { ...before, APP: { ...app, rules: { inbound_rules: [], outbound_rules: [deny, ...ALL] } } };
    const changes = reachChanges(reach(before), reach(after));
    const pairs = (list: typeof changes) => list.map(({ from, to }) => `${formatNode(from)} ${formatNode(to)}`);
    expect(pairs(changes)).toEqual(["APP world", "APP 10.20.0.0/16", "10.20.0.0/16 APP"]);
    expect(pairs(withoutEchoes(changes))).toEqual(["APP world", "10.20.0.0/16 APP"]);
  });
});
