import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { type RunCommand, runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { renderHost } from "#dataplane/desired/render-host.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import { smallState } from "#dataplane/testing/small-world.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile, parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { run } from "../support/run.ts";

/** What we write and what we read back, against the real iptables and ipset of both backends. */
const namespace = `tkt-${randomBytes(3).toString("hex")}-tools`;
const inside: RunCommand = (argv, options) => runCommand(["ip", "netns", "exec", namespace, ...argv], options);

beforeEach(() => run(["ip", "netns", "add", namespace]));
afterEach(() => run(["ip", "netns", "del", namespace]));

function policyOf(state: unknown) {
  const snapshot = snapshotFromEntries(parseStateValue(state).entries);
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4, 6] }).options);
}

describe.each<Backend>(["nft", "legacy"])("%s", (backend) => {
  const kernel = hostKernel(inside, kernelTools(backend), [4, 6]);

  it("takes every plan between random states, and reads back as believed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(smallState, { minLength: 2, maxLength: 4 }), async (states) => {
        for (const state of states) {
          const policy = policyOf(state);
          const before = await kernel.read();
          const { plan, after } = planApply(before, policy);
          await kernel.run(plan);
          const read = await kernel.read();
          expect(read).toEqual(after);
          expect(planApply(read, policy).plan).toEqual([]);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    await kernel.run(planRemoval(await kernel.read()));
    expect((await kernel.read()).sets.size).toBe(0);
  });

  it("an unchanged rule keeps its counters while its neighbours change and move", async () => {
    const rule = (port: number) => ({ action: "allow", protocol: "tcp", dst_ports: [port] });
    const state = (ports: readonly number[]) => ({
      profiles: { P: { tags: [], rules: { inbound_rules: ports.map(rule), outbound_rules: [] } } },
      endpoints: {
        e: { host: "h1", state: "active", name: "cali0", profile_ids: ["P"], ipv4_nets: [], ipv6_nets: [] },
      },
    });
    await kernel.run(planApply(await kernel.read(), policyOf(state([1, 2, 3, 4]))).plan);
    const restore = kernelTools(backend).restoreTables(4);
    const save = async () => inside([...kernelTools(backend).saveTables(4), "-c"]);
    const [line = ""] = (await save()).split("\n").filter((one) => one.includes("to ports 3"));
    // The kernel counts packets; here the tool writes the figure a packet would have left.
    const spec = line.replace(/^\[\d+:\d+\] -A tortie-pi-P /, "");
    await inside([...restore, "-c"], {
      input: `*filter\n-D tortie-pi-P 3\n[7:420] -I tortie-pi-P 3 ${spec}\nCOMMIT\n`,
    });
    await kernel.run(planApply(await kernel.read(), policyOf(state([2, 5, 3, 4]))).plan);
    const lines = (await save()).split("\n").filter((one) => one.includes("-A tortie-pi-P "));
    expect(lines.map((one) => /ports (\d)/.exec(one)?.[1])).toEqual(["2", "5", "3", "4"]);
    expect(lines[2]).toMatch(/^\[7:420\]/);
  });

  it("the rendered text of the example estate loads as it is printed", async () => {
    const text = readFileSync(new URL("../../lib/testing/estate-12.json", import.meta.url), "utf8");
    const snapshot = snapshotFromEntries(parseStateFile(text).entries);
    for (const family of [4, 6] as const) {
      const rendered = renderHost(snapshot, { host: "node-01", families: [family] });
      const tables = rendered.indexOf("*raw");
      await inside(["ipset", "restore"], { input: rendered.slice(0, tables) });
      const [program = "", ...args] = kernelTools(backend).restoreTables(family);
      await inside([program, ...args], { input: rendered.slice(tables) });
    }
    const { options } = nodeSettings(snapshot, { host: "node-01", families: [4, 6] });
    expect(planApply(await kernel.read(), nodePolicy(snapshot, options)).plan).toEqual([]);
  });
});
