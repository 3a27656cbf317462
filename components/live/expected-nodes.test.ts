import { expect, test } from "vitest";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import { expectedNodes } from "./expected-nodes.ts";

const { endpoints } = snapshotFromEntries(
  ["web-2", "app-1", "web-2"].map((host, index) => ({
    key: `/calico/v1/host/${host}/workload/docker/w${index}/endpoint/e${index}`,
    value: "{}",
    modRevision: 1,
  })),
);

function reporting(host: string): NodeStatus {
  return { host, appliedRevision: 7, isInSync: true, rejected: [], endpoints: {} };
}

test("a host that holds endpoints and does not report counts as one that enforces nothing", () => {
  const nodes = expectedNodes([reporting("web-2"), reporting("spare")], { endpoints });
  expect(nodes.map(({ host, appliedRevision, isInSync }) => [host, appliedRevision, isInSync])).toEqual([
    ["app-1", 0, false],
    ["spare", 7, true],
    ["web-2", 7, true],
  ]);
});

test("while no agent reports, nothing is claimed of any host", () => {
  expect(expectedNodes([], { endpoints })).toEqual([]);
});
