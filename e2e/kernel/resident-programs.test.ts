import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ResidentKernel, residentKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import type { Plan } from "#dataplane/plan/plan-step.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { run } from "../support/run.ts";
import { toolsInside } from "../support/tools-inside.ts";

/** Programs that stay between plans: what they confirm is in the kernel, and no end of theirs stops the next plan. */
const namespace = `tkt-${randomBytes(3).toString("hex")}-resident`;

beforeEach(() => run(["ip", "netns", "add", namespace]));
afterEach(() => run(["ip", "netns", "del", namespace]));

function policyOf(addresses: readonly string[], port = 80) {
  const endpoint = { host: "h1", state: "active", name: "cali0", profile_ids: ["P"] };
  const elsewhere = { host: "h2", state: "active", name: "cali1", profile_ids: ["Q"], ipv6_nets: [] };
  const snapshot = snapshotFromEntries(
    parseStateValue({
      profiles: {
        P: {
          tags: [],
          rules: {
            inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [port], src_tag: "Q" }],
            outbound_rules: [],
          },
        },
        Q: { tags: ["Q"], rules: { inbound_rules: [], outbound_rules: [] } },
      },
      endpoints: {
        e: { ...endpoint, ipv4_nets: ["10.0.0.1"], ipv6_nets: [] },
        f: { ...elsewhere, ipv4_nets: addresses },
      },
    }).entries,
  );
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4, 6] }).options);
}

/** Ids of the processes of one name inside the namespace. */
async function pids(name: string): Promise<readonly string[]> {
  const all = (await run(["ip", "netns", "pids", namespace])).split("\n").filter((pid) => pid !== "");
  const named = await Promise.all(
    all.map(async (pid) => ((await run(["cat", `/proc/${pid}/comm`]).catch(() => "")).startsWith(name) ? [pid] : [])),
  );
  return named.flat();
}

async function bring(kernel: ResidentKernel, policy: ReturnType<typeof policyOf>) {
  const { plan, after } = planApply(await kernel.read(), policy);
  await kernel.run(plan);
  expect(await kernel.read()).toEqual(after);
  return plan;
}

describe.each<Backend>(["nft", "legacy"])("%s", (backend) => {
  const tools = toolsInside(namespace, kernelTools(backend));
  const program = backend === "nft" ? "iptables-nft-re" : "iptables-legacy";
  let kernel: ResidentKernel;

  beforeEach(() => {
    kernel = residentKernel(runCommand, tools, { families: [4, 6] });
  });
  afterEach(() => kernel.stop());

  it("D8 a plan that is done is in the kernel, and the same programs carry out the next", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    const before = [...(await pids(program)), ...(await pids("ipset"))];
    expect(before).toHaveLength(2);
    for (let round = 0; round < 20; round += 1) await bring(kernel, policyOf([`10.0.1.${round}`], 80 + (round % 3)));
    expect([...(await pids(program)), ...(await pids("ipset"))]).toEqual(before);
    await kernel.run(planRemoval(await kernel.read()));
    expect((await kernel.read()).sets.size).toBe(0);
  });

  it("D8 a program killed between two plans is started again, and nobody notices", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    await run(["kill", "-9", ...(await pids(program)), ...(await pids("ipset"))]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bring(kernel, policyOf(["10.0.0.3"], 81));
  });

  it("D8 a refused line is named in the kernel's words, and the next plan goes through", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    const text = '-m set --match-set tortie-none src -j DROP -m comment --comment "P inbound"';
    const line = { key: "k", isOurs: true, uses: [], effect: "drop" } as const;
    const bad: Plan = [
      {
        kind: "restore-table",
        family: 4,
        table: "filter",
        commands: [{ kind: "append", chain: "tortie-pi-P", written: { text, line } }],
      },
    ];
    const failure = await kernel.run(bad).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailedError);
    expect(String(failure)).toContain("Set tortie-none doesn't exist");
    expect(String(failure)).toContain(`-A tortie-pi-P ${text}`);
    await bring(kernel, policyOf(["10.0.0.3"], 81));
  });

  it("D8 a refused member is named, and the next plan goes through", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    const bad: Plan = [{ kind: "add-members", name: "tortie-4a-Q", members: ["10.0.0.4", "nonsense"] }];
    await expect(kernel.run(bad)).rejects.toThrow("add tortie-4a-Q nonsense");
    await bring(kernel, policyOf(["10.0.0.3"]));
  });

  it("between plans another program may take the tables", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    const restore = kernelTools(backend).restoreTables(4);
    const [name = "", flag = ""] = restore;
    await runCommand(["ip", "netns", "exec", namespace, name, flag, "-w", "1"], {
      input: "*filter\n:others - [0:0]\n-A others -j RETURN\nCOMMIT\n",
    });
    await bring(kernel, policyOf(["10.0.0.3"], 81));
  });

  it("no program is left when the kernel is stopped", async () => {
    await bring(kernel, policyOf(["10.0.0.2"]));
    await kernel.stop();
    expect([...(await pids(program)), ...(await pids("ipset"))]).toEqual([]);
  });
});

it("D8 programs end by themselves when the process that started them is killed", async () => {
  const script = `
    const { residentProcess } = await import("#dataplane/apply/resident-process.ts");
    const one = residentProcess(["ip", "netns", "exec", "${namespace}", "iptables-nft-restore", "--noflush", "--verbose"]);
    await one.feed({ text: "", question: "#here\\n", answer: "#here" });
    process.kill(process.pid, "SIGKILL");
  `;
  await run([process.execPath, "--import", "tsx", "--input-type=module", "-e", script]).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await run(["ip", "netns", "pids", namespace])).trim()).toBe("");
});
