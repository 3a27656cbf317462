import { expect, test } from "vitest";
import { reachability } from "#analysis/reach/reachability.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { profileId } from "#store/testing/sample-changes.ts";
import { summarise } from "./profile-summary.ts";

const WEB = { tags: ["WEB", "APP_7890"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } };
const app = (inbound: readonly unknown[]) => ({
  tags: ["APP"],
  rules: { inbound_rules: inbound, outbound_rules: [{ action: "allow", protocol: "udp", dst_ports: [53] }] },
});
const reachOf = (inbound: readonly unknown[]) =>
  reachability(snapshotFromEntries(parseStateValue({ profiles: { WEB, APP: app(inbound) } }).entries));

test("who reaches a profile, port by port, with what a draft opens and closes", () => {
  const before = reachOf([{ action: "allow", protocol: "tcp", dst_ports: [7890, 22], src_tag: "APP_7890" }]);
  const after = reachOf([
    { action: "allow", protocol: "tcp", dst_ports: [7890, 443], src_tag: "APP_7890" },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
  ]);
  const { inbound, outbound } = summarise(before, after, profileId("APP"));
  expect(new Map(inbound.map(({ what, places }) => [what, places]))).toEqual(
    new Map([
      [
        "icmp type 8",
        [
          { name: "Anywhere", change: "opens" },
          { name: "WEB", change: "opens" },
        ],
      ],
      ["tcp 443", [{ name: "WEB", change: "opens" }]],
      ["tcp 7890", [{ name: "WEB", change: "stays" }]],
      ["tcp 22", [{ name: "WEB", change: "closes" }]],
    ]),
  );
  expect(outbound).toEqual([{ what: "udp 53", places: [{ name: "Anywhere", change: "stays" }] }]);
});
