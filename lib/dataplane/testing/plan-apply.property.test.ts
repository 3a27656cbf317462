import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { stateAfter } from "#dataplane/plan/apply-step.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import type { SimulatedPacket } from "#dataplane/testing/parse-line.ts";
import { passesNode } from "#dataplane/testing/simulated-node.ts";
import { smallState } from "#dataplane/testing/small-world.ts";
import { tinyPackets, tinyState } from "#dataplane/testing/tiny-world.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

function policyOf(state: unknown, host = "h1"): NodePolicy {
  const snapshot = snapshotFromEntries(parseStateValue(state).entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host, families: [4, 6] }).options);
}

async function bring(kernel: FakeKernel, policy: NodePolicy) {
  const before = await kernel.read();
  const { plan, after } = planApply(before, policy);
  await kernel.run(plan);
  expect(stateAfter(before, plan)).toEqual(after);
  return after;
}

describe("plans", () => {
  it(
    "D3 reach the desired state from any other, and then there is nothing left to do",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(smallState, { minLength: 1, maxLength: 4 }), async (states) => {
          const kernel = fakeKernel();
          for (const state of states) {
            const policy = policyOf(state);
            const believed = await bring(kernel, policy);
            const read = await kernel.read();
            expect(believed).toEqual(read);
            expect(planApply(read, policy).plan).toEqual([]);
            expect(planApply(believed, policy).plan).toEqual([]);
          }
          await kernel.run(planRemoval(await kernel.read()));
          expect(kernel.saveSets() + kernel.saveTables(4) + kernel.saveTables(6)).not.toContain("tortie");
        }),
        runCount(100),
      );
    },
    PROPERTY_TIMEOUT.timeout,
  );

  it(
    "D4 end in the same bytes, whatever came before",
    async () => {
      await fc.assert(
        fc.asyncProperty(smallState, smallState, async (first, last) => {
          const fresh = fakeKernel();
          await bring(fresh, policyOf(last));
          const used = fakeKernel();
          await bring(used, policyOf(first));
          await bring(used, policyOf(last));
          const plain = (kernel: FakeKernel) =>
            [kernel.saveTables(4), kernel.saveTables(6), kernel.saveSets()].map((text) =>
              text
                .replace(/tortie-([46])b-/g, "tortie-$1a-")
                .split("\n")
                .sort()
                .join("\n"),
            );
          expect(plain(used)).toEqual(plain(fresh));
        }),
        runCount(100),
      );
    },
    PROPERTY_TIMEOUT.timeout,
  );

  it(
    "D5 never give a packet a verdict that neither the old nor the new state gives it (I5)",
    async () => {
      await fc.assert(
        fc.asyncProperty(tinyState, tinyState, async (old, next) => {
          const kernel = fakeKernel([4]);
          const [from, to] = [onlyIpv4(policyOf(old)), onlyIpv4(policyOf(next))];
          await bring(kernel, from);
          const verdicts = (): readonly boolean[] => tinyPackets.map((packet) => passes(kernel, packet));
          const before = verdicts();
          const seen: (readonly boolean[])[] = [];
          kernel.onChange = () => seen.push(verdicts());
          await bring(kernel, to);
          const after = verdicts();
          for (const [step, now] of seen.entries()) {
            for (const [index, passed] of now.entries()) {
              if (passed === before[index] || passed === after[index]) continue;
              throw new Error(
                `step ${step}: packet ${JSON.stringify(tinyPackets[index], (_, v) => (typeof v === "bigint" ? String(v) : v))} ${passed ? "passes" : "is lost"}`,
              );
            }
          }
        }),
        runCount(1_000),
      );
    },
    PROPERTY_TIMEOUT.timeout,
  );
});

function onlyIpv4(policy: NodePolicy): NodePolicy {
  return { ...policy, families: policy.families.filter(({ family }) => family === 4) };
}

function passes(kernel: FakeKernel, packet: SimulatedPacket): boolean {
  return passesNode(kernel.simulated(4), packet, "forward");
}
