import { describe, expect, it } from "vitest";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { type Reachability, reachability } from "#analysis/reach/reachability.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

type ProfileJson = { readonly tags?: unknown; readonly rules?: unknown };

const WEB_RULES = {
  inbound_rules: [
    { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
  ],
  outbound_rules: [{ action: "allow" }],
};
const APP_RULES = {
  inbound_rules: [
    { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
  ],
  outbound_rules: [{ action: "allow" }],
};

function reachOf(profiles: Readonly<Record<string, ProfileJson>>): Reachability {
  return reachability(snapshotFromEntries(parseStateValue({ profiles }).entries));
}

function allowed(reach: Reachability): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reach
      .edges("allowed")
      .map((edge) => [
        `${formatNode(edge.from)} -> ${formatNode(edge.to)}`,
        formatConnectionSet(edge.relation.allowed),
      ]),
  );
}

describe("reachability of the walkthrough", () => {
  const golden = {
    "world -> APP": "icmp type 8",
    "world -> WEB": "tcp 80,443; icmp type 8",
    "APP -> world": "all",
    "APP -> APP": "icmp type 8",
    "APP -> WEB": "tcp 80,443; icmp type 8",
    "WEB -> world": "all",
    "WEB -> APP": "tcp 7890; icmp type 8",
    "WEB -> WEB": "tcp 80,443; icmp type 8",
  };

  it("R1 WEB with tag APP_7890 reaches APP on tcp 7890 and everything else is as the rules say", () => {
    const reach = reachOf({
      WEB: { tags: ["WEB", "APP_7890"], rules: WEB_RULES },
      APP: { tags: ["APP"], rules: APP_RULES },
    });
    expect(allowed(reach)).toEqual(golden);
  });

  it("R1 without tag APP_7890 exactly tcp 7890 from WEB to APP closes", () => {
    const reach = reachOf({ WEB: { tags: ["WEB"], rules: WEB_RULES }, APP: { tags: ["APP"], rules: APP_RULES } });
    expect(allowed(reach)).toEqual({ ...golden, "WEB -> APP": "icmp type 8" });
  });
});
