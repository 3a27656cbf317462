import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Refusals, refusals } from "#dataplane/apply/refusals.ts";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { type FakeKernel, fakeKernel } from "#dataplane/testing/fake-kernel.ts";
import { passesNode } from "#dataplane/testing/simulated-node.ts";
import { tinyPackets, tinyState } from "#dataplane/testing/tiny-world.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { runCount } from "#testing/run-count.ts";

/** What a kernel may lack: the lines it refuses, and what no longer passes then is all that may differ. */
const REFUSED: readonly { readonly what: string; readonly line: RegExp }[] = [
  { what: "one tag's set", line: /^create tortie-4a-A / },
  { what: "every set", line: /^create / },
  { what: "the set match", line: /--match-set/ },
  { what: "a port", line: /--dports 22/ },
  { what: "one endpoint's dispatch line", line: /-[io] cali0 / },
  { what: "a profile's jump", line: /-j tortie-po-Q / },
  { what: "connection tracking, which the frame needs", line: /conntrack/ },
  { what: "marks, which the frame and every list need", line: /MARK/ },
  { what: "every match and target but comments", line: /^-[AI].* -m (?!comment)/ },
  { what: "nothing", line: /^never/ },
];

function policyOf(state: unknown): NodePolicy {
  const snapshot = snapshotFromEntries(parseStateValue(state).entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4] }).options);
}

function attempt(kernel: FakeKernel) {
  return async (closed: NodePolicy) => kernel.run(planApply(await kernel.read(), closed).plan);
}

const verdicts = (kernel: FakeKernel) =>
  tinyPackets.map((packet) => passesNode(kernel.simulated(4), packet, "forward"));

/** A kernel that has `old` and then meets a wish it refuses a part of. */
type Case = {
  readonly old: unknown;
  readonly next: unknown;
  readonly refused: (typeof REFUSED)[number];
  isNamed: boolean;
};

const cases = fc.record({
  old: tinyState,
  next: tinyState,
  refused: fc.constantFrom(...REFUSED),
  isNamed: fc.boolean(),
});

async function kernelWith(state: unknown): Promise<FakeKernel> {
  const kernel = fakeKernel([4]);
  await attempt(kernel)(policyOf(state));
  return kernel;
}

function refuse(kernel: FakeKernel, { refused, isNamed }: Case): void {
  // ipset always says which line; and a dispatch line cannot be tried in a chain of its own.
  const isAlwaysNamed = !/^[-]/.test(refused.line.source) || refused.line.source.startsWith("-[io]");
  const line = (text: string) => /^(-A|-I|create|add)/.test(text) && refused.line.test(text);
  kernel.refuses = { line, isNamed: isNamed || isAlwaysNamed };
}

/** Lines by chain, with sets named as if no generation had changed. */
function chainLines(kernel: FakeKernel): ReadonlyMap<string, readonly string[]> {
  const lines = kernel
    .saveTables(4)
    .replace(/tortie-4b-/g, "tortie-4a-")
    .split("\n")
    .filter((line) => line.startsWith("-A"));
  const byChain = new Map<string, string[]>();
  for (const line of lines) {
    const chain = line.split(" ")[1] ?? "";
    byChain.set(chain, [...(byChain.get(chain) ?? []), line]);
  }
  return byChain;
}

function isWalled(state: Refusals): boolean {
  return state.rejected().some(({ key }) => key === "IPv4");
}

function expectOnlyRefusedMissing(kernel: FakeKernel, whole: FakeKernel): void {
  const has = chainLines(kernel);
  const isStub = (chain: string) => has.get(chain)?.some((line) => line.includes("the kernel refused")) ?? false;
  for (const [chain, lines] of chainLines(whole)) {
    if (isStub(chain)) continue;
    const missing = lines.filter((line) => !has.get(chain)?.includes(line));
    expect(missing.filter((line) => !kernel.refuses?.line(line))).toEqual([]);
  }
}

describe("what the kernel refuses", () => {
  it("D9 closes its own object, keeps nothing else from being programmed, and opens nothing on the way", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const whole = await kernelWith(one.next);
        const kernel = await kernelWith(one.old);
        const wanted = verdicts(whole);
        const allowed = verdicts(kernel).map((passed, index) => passed || wanted[index]);
        kernel.onChange = () => {
          for (const [index, passed] of verdicts(kernel).entries()) if (passed) expect(allowed[index]).toBe(true);
        };
        refuse(kernel, one);
        const state = refusals(kernel);
        await state.bring(policyOf(one.next), attempt(kernel));
        for (const [index, passed] of verdicts(kernel).entries()) if (passed) expect(wanted[index]).toBe(true);
        if (isWalled(state)) expect(verdicts(kernel).filter((passed) => passed)).toEqual([]);
        else expectOnlyRefusedMissing(kernel, whole);
        if (state.rejected().length === 0) expect(verdicts(kernel)).toEqual(wanted);

        kernel.refuses = undefined;
        while (state.retryOne());
        await state.bring(policyOf(one.next), attempt(kernel));
        expect(verdicts(kernel)).toEqual(wanted);
      }),
      runCount(150),
    );
  }, 120_000);

  it("D9 is reported with the kernel's words and tried again when it changes", async () => {
    const state = (port: number) => ({
      profiles: {
        P: {
          tags: [],
          rules: { inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [port] }], outbound_rules: [] },
        },
      },
      endpoints: {
        e: { host: "h1", state: "active", name: "cali0", profile_ids: ["P"], ipv4_nets: [], ipv6_nets: [] },
      },
    });
    const kernel = fakeKernel([4]);
    kernel.refuses = { line: (line) => line.includes("--dports 22"), isNamed: true };
    const known = refusals(kernel);
    await known.bring(policyOf(state(22)), attempt(kernel));
    expect(known.rejected()).toEqual([{ key: "P inbound allow tcp to ports 22 (IPv4)", reason: "no such match" }]);
    await known.bring(policyOf(state(23)), attempt(kernel));
    expect(known.rejected()).toEqual([]);
    expect(kernel.saveTables(4)).toContain("--dports 23");
  });

  it("D9 a failure nobody is to blame for stays a failure", async () => {
    const kernel = fakeKernel([4]);
    kernel.refuses = { line: (line) => line.startsWith("*"), isNamed: true };
    await expect(refusals(kernel).bring(policyOf({}), attempt(kernel))).rejects.toThrow("no such match");
  });
});
