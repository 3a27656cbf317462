import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { residentKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, type KernelTools, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { refusals } from "#dataplane/apply/refusals.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { type NodePolicy, nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { run } from "../support/run.ts";
import { toolsInside } from "../support/tools-inside.ts";

/** Real programs that refuse something: a host without the set match, and sets another program holds. */
const EXTENSIONS = "/usr/lib/x86_64-linux-gnu/xtables";
const namespace = `tkt-${randomBytes(3).toString("hex")}-refused`;
let withoutSet: string;

beforeEach(async () => {
  await run(["ip", "netns", "add", namespace]);
  withoutSet = await mkdtemp("/tmp/tortie-xtables-");
  for (const name of await readdir(EXTENSIONS)) {
    if (!/^libxt_set\./i.test(name)) await symlink(join(EXTENSIONS, name), join(withoutSet, name));
  }
});
afterEach(async () => {
  await run(["ip", "netns", "del", namespace]);
  await rm(withoutSet, { recursive: true });
});

const endpoint = (name: string, profile: string) => ({
  host: "h1",
  state: "active",
  name,
  profile_ids: [profile],
  ipv4_nets: [],
  ipv6_nets: [],
});

function policyOf(): NodePolicy {
  const snapshot = snapshotFromEntries(
    parseStateValue({
      profiles: {
        TAGGED: { tags: ["T"], rules: { inbound_rules: [{ action: "allow", src_tag: "T" }], outbound_rules: [] } },
        PLAIN: { tags: [], rules: { inbound_rules: [{ action: "allow", protocol: "tcp" }], outbound_rules: [] } },
      },
      endpoints: { e: endpoint("cali0", "TAGGED"), f: endpoint("cali1", "PLAIN") },
    }).entries,
  );
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4, 6] }).options);
}

async function bring(tools: KernelTools) {
  const kernel = residentKernel(runCommand, tools, { families: [4, 6] });
  const state = refusals(kernel);
  await state.bring(policyOf(), async (closed) => kernel.run(planApply(await kernel.read(), closed).plan));
  await kernel.stop();
  return state.rejected();
}

const linesOf = async (tools: KernelTools, chain: string) =>
  (await runCommand(tools.saveTables(4))).split("\n").filter((line) => line.startsWith(`-A ${chain} `));

describe.each<Backend>(["nft", "legacy"])("%s", (backend) => {
  const tools = toolsInside(namespace, kernelTools(backend));
  const lacking = (): KernelTools => ({
    ...tools,
    restoreTables: (family) => ["env", `XTABLES_LIBDIR=${withoutSet}`, ...tools.restoreTables(family)],
  });

  it("D9 without the set match, rules that need sets drop and everything else is programmed", async () => {
    const rejected = await bring(lacking());
    expect(rejected.map(({ key }) => key)).toEqual([
      "TAGGED inbound allow from tag T (IPv4)",
      "TAGGED inbound allow from tag T (IPv6)",
    ]);
    expect(rejected[0]?.reason).toContain("Couldn't load match `set'");
    expect((await linesOf(tools, "tortie-pi-TAGGED")).join()).toMatch(/-j DROP$/);
    expect((await linesOf(tools, "tortie-pi-PLAIN")).join()).toMatch(/-p tcp .*-g tortie-accept$/);
    expect(await linesOf(tools, "FORWARD")).toHaveLength(1);
  });

  it("D9 a tag whose sets another program holds with another type is closed, the rest is programmed", async () => {
    const sets = "create tortie-4a-T hash:net\ncreate tortie-4b-T hash:net\n";
    await runCommand(tools.restoreSets, { input: sets });
    const hold = ["4a", "4b"].map((name) => `-A INPUT -m set --match-set tortie-${name}-T src -j ACCEPT\n`).join("");
    await runCommand(tools.restoreTables(4), { input: `*filter\n${hold}COMMIT\n` });
    const rejected = await bring(tools);
    expect(rejected.map(({ key }) => key)).toEqual(["set tortie-4a-T", "set tortie-4b-T", "tag T (IPv4)"]);
    expect((await linesOf(tools, "tortie-pi-TAGGED")).join()).toMatch(/-j DROP$/);
    expect((await linesOf(tools, "tortie-pi-PLAIN")).join()).toMatch(/-g tortie-accept$/);
  });
});
