import { describe, expect, it } from "vitest";
import { refusals } from "#dataplane/apply/refusals.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { formatStep } from "#dataplane/plan/format-plan.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import type { SimulatedPacket } from "#dataplane/testing/parse-line.ts";
import { passesNode } from "#dataplane/testing/simulated-node.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

const FAMILIES = [4, 6] as const;
const STATE = {
  profiles: { P: { tags: [], rules: { inbound_rules: [{}], outbound_rules: [{}] } } },
  endpoints: {
    e: { host: "h1", state: "active", name: "cali0", profile_ids: ["P"], ipv4_nets: [], ipv6_nets: ["fd00::1"] },
  },
};

function policyFor(interfacePrefix: string): NodePolicy {
  const snapshot = snapshotFromEntries(parseStateValue(STATE).entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: FAMILIES, interfacePrefix }).options);
}

const attempt = (kernel: FakeKernel) => async (closed: NodePolicy) =>
  kernel.run(planApply(await kernel.read(), closed).plan);

/** A kernel that enforces the policy, with one interface prefix less than is wanted next. */
async function enforcing(): Promise<FakeKernel> {
  const kernel = fakeKernel(FAMILIES);
  await attempt(kernel)(policyFor("cali"));
  return kernel;
}

/** From now on it refuses some lines of IPv6, given with the line that names their table; it may not say which. */
function refuseIpv6(kernel: FakeKernel, refuses: (line: string, table: string) => boolean, isNamed = true): () => void {
  const run = kernel.run;
  kernel.run = async (plan) => {
    for (const step of plan) {
      const lines = step.kind === "restore-table" && step.family === 6 ? formatStep(step).split("\n") : [];
      const line = lines.find((one) => refuses(one, lines[0] ?? ""));
      if (line === undefined) {
        await run([step]);
        continue;
      }
      const error = new CommandFailedError(["ip6tables-restore"], 1, "no such match");
      error.refused = { steps: [step], ...(isNamed && { line }) };
      throw error;
    }
  };
  return () => {
    kernel.run = run;
  };
}

const packet = (ends: Pick<SimulatedPacket, "inInterface" | "outInterface">): SimulatedPacket => ({
  ...{ family: 6, protocol: 6, src: 1n, dst: 2n, srcPort: 40_000, dstPort: 80, state: "NEW", isRoutedBack: true },
  ...ends,
});

/** Which packets of IPv6 the kernel lets by. */
function passing(kernel: FakeKernel): readonly string[] {
  const [from, to] = [
    packet({ inInterface: "cali0", outInterface: "eth0" }),
    packet({ inInterface: "eth0", outInterface: "cali0" }),
  ];
  const toHost = packet({ inInterface: "cali0" });
  const others = packet({ inInterface: "eth0", outInterface: "eth1" });
  const node = kernel.simulated(6);
  return [
    ...(passesNode(node, from, "forward") ? ["from"] : []),
    ...(passesNode(node, to, "forward") ? ["to"] : []),
    ...(passesNode(node, toHost, "input") ? ["to host"] : []),
    ...(passesNode(node, others, "forward") ? ["others"] : []),
  ];
}

const isRule = (line: string) => /^-[AI] /.test(line);

describe("D9 a frame the kernel refuses in one family", () => {
  it.each([
    { what: "lines with matches", refuses: (line: string) => isRule(line) && line.includes(" -m "), isNamed: true },
    {
      what: "lines with matches, not named",
      refuses: (line: string) => isRule(line) && line.includes(" -m "),
      isNamed: false,
    },
    { what: "the raw table", refuses: (_: string, table: string) => table === "*raw", isNamed: true },
  ])("closes all its endpoints' packets where $what are refused", async ({ refuses, isNamed }) => {
    for (const kernel of [fakeKernel(FAMILIES), await enforcing()]) {
      const mend = refuseIpv6(kernel, refuses, isNamed);
      const state = refusals(kernel);
      await state.bring(policyFor("cali,tap"), attempt(kernel));
      expect(passing(kernel)).toEqual(["others"]);
      expect(kernel.saveTables(4)).toContain("-i tap+");
      const reason = "no such match; every packet from or to its endpoints is dropped";
      expect(state.rejected()).toEqual([{ key: "IPv6", reason }]);
      mend();
      expect(state.retryOne()).toBe(true);
      await state.bring(policyFor("cali,tap"), attempt(kernel));
      expect(state.rejected()).toEqual([]);
      expect(passing(kernel)).toEqual(["from", "to", "others"]);
    }
  });

  it("closes what endpoints send where the filter table is refused as well", async () => {
    for (const kernel of [fakeKernel(FAMILIES), await enforcing()]) {
      refuseIpv6(kernel, (line, table) => line.includes(" -m ") || (isRule(line) && table === "*filter"));
      const state = refusals(kernel);
      await state.bring(policyFor("cali,tap"), attempt(kernel));
      expect(passing(kernel)).not.toContain("from");
      expect(passing(kernel)).not.toContain("to host");
      expect(state.rejected()[0]?.reason).toBe("no such match; every packet from its endpoints is dropped");
      expect(kernel.saveTables(4)).toContain("-i tap+");
    }
  });

  it("says so where nothing is taken, leaves what stands, and the other family goes on", async () => {
    const kernel = await enforcing();
    const before = kernel.saveTables(6);
    refuseIpv6(kernel, () => true);
    const state = refusals(kernel);
    await state.bring(policyFor("cali,tap"), attempt(kernel));
    expect(state.rejected()).toEqual([{ key: "IPv6", reason: "no such match; nothing of this family is closed" }]);
    expect(kernel.saveTables(4)).toContain("-i tap+");
    expect(kernel.saveTables(6)).toBe(before);
  });

  it("finds its chain again after a restart: what stands there is known and nothing is written", async () => {
    const kernel = fakeKernel(FAMILIES);
    refuseIpv6(kernel, (line) => line.includes(" -m "));
    const state = refusals(kernel);
    await state.bring(policyFor("cali"), attempt(kernel));
    const before = kernel.saveTables(6);
    await refusals(kernel).bring(policyFor("cali"), attempt(kernel));
    expect(kernel.saveTables(6)).toBe(before);
  });
});

describe("a chain of ours that others jump to", () => {
  it("D9 stays, empty, and everything else is programmed", async () => {
    const kernel = await enforcing();
    kernel.tablesRestore(6, "*filter\n:tortie-old - [0:0]\n-A tortie-old -j ACCEPT\nCOMMIT\n");
    const run = kernel.run;
    kernel.run = async (plan) => {
      for (const step of plan) {
        const line = formatStep(step)
          .split("\n")
          .find((one) => one === "-X tortie-old");
        if (line === undefined) {
          await run([step]);
          continue;
        }
        const error = new CommandFailedError(["ip6tables-restore"], 1, "Device or resource busy");
        error.refused = { steps: [step], line };
        throw error;
      }
    };
    const state = refusals(kernel);
    await state.bring(policyFor("cali,tap"), attempt(kernel));
    expect(state.rejected()).toEqual([{ key: "chain tortie-old (IPv6)", reason: "Device or resource busy" }]);
    expect(kernel.saveTables(6)).toContain(":tortie-old");
    expect(kernel.saveTables(6)).not.toContain("-A tortie-old");
  });
});
