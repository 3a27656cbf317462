import { describe, expect, it } from "vitest";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

const ALLOW = { action: "allow" };
const tagged = (tags: readonly string[], inbound: readonly object[]) => ({
  profiles: {
    WEB: { tags, rules: { inbound_rules: [], outbound_rules: [ALLOW] } },
    APP: { tags: ["APP"], rules: { inbound_rules: inbound, outbound_rules: [] } },
  },
  endpoints: {
    app: { host: "n1", state: "active", name: "caliapp", profile_ids: ["APP"], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] },
    web: { host: "n2", state: "active", name: "cali0", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.2"], ipv6_nets: [] },
  },
});

/** The plan from one state to another, IPv4 only. */
async function planBetween(before: unknown, after: unknown): Promise<string> {
  const kernel = fakeKernel([4]);
  const policyOf = (state: unknown) => {
    const snapshot = snapshotFromEntries(parseStateValue(state).entries);
    return nodePolicy(snapshot, nodeSettings(snapshot, { host: "n1", families: [4] }).options);
  };
  await kernel.run(planApply(await kernel.read(), policyOf(before)).plan);
  return formatPlan(planApply(await kernel.read(), policyOf(after)).plan);
}

const FROM_A = { ...ALLOW, src_tag: "A" };
const SSH_FROM_A = { ...FROM_A, protocol: "tcp", dst_ports: [22] };
const HTTP = { ...ALLOW, protocol: "tcp", dst_ports: [80] };

describe("plans as commands", () => {
  it("a tag that only opens is one member more", async () => {
    expect(await planBetween(tagged([], [FROM_A]), tagged(["A"], [FROM_A]))).toBe(
      "# ipset restore\nadd tortie-4a-A 10.0.0.2\n",
    );
  });

  it("a rule more is one line more; its neighbours are not touched", async () => {
    const plan = await planBetween(tagged(["A"], [FROM_A, HTTP]), tagged(["A"], [FROM_A, SSH_FROM_A, HTTP]));
    expect(plan.replace(/tortie:[0-9a-f]{12}/, "tortie:HASH")).toBe(
      [
        "# iptables-restore --noflush",
        "*filter",
        '-I tortie-pi-APP 2 -m comment --comment "tortie:HASH APP inbound allow tcp from tag A to ports 22" -p tcp -m set --match-set tortie-4a-A src -m multiport --dports 22 -g tortie-accept',
        "COMMIT",
        "",
      ].join("\n"),
    );
  });

  it("a set and a rule that names it change together: the other set is filled, and one COMMIT switches (I5)", async () => {
    const plan = await planBetween(tagged([], [FROM_A]), tagged(["A"], [SSH_FROM_A]));
    expect(plan.replace(/tortie:[0-9a-f]{12}/, "tortie:HASH").split("\n")).toEqual([
      "# ipset restore",
      "create tortie-4b-A hash:ip family inet hashsize 1024 maxelem 1048576",
      "add tortie-4b-A 10.0.0.2",
      "# iptables-restore --noflush",
      "*filter",
      "-D tortie-pi-APP 1",
      '-I tortie-pi-APP 1 -m comment --comment "tortie:HASH APP inbound allow tcp from tag A to ports 22" -p tcp -m set --match-set tortie-4b-A src -m multiport --dports 22 -g tortie-accept',
      "COMMIT",
      "# ipset restore",
      "destroy tortie-4a-A",
      "",
    ]);
  });
});
