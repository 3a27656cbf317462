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
import { type Chain, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import type { Family } from "#policy/rule.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { run } from "../support/run.ts";
import { toolsInside } from "../support/tools-inside.ts";

/** Real programs that refuse something: a host without the set match, and sets another program holds. */
// The program takes it, the kernel does not, and a legacy one says so of the COMMIT and of no line.
const REFUSED = "-m cgroup --path /no/such/group -j DROP";
const EXTENSIONS = "/usr/lib/x86_64-linux-gnu/xtables";
const namespace = `tkt-${randomBytes(3).toString("hex")}-refused`;
let folders: string[] = [];

beforeEach(async () => {
  await run(["ip", "netns", "add", namespace]);
});
afterEach(async () => {
  await run(["ip", "netns", "del", namespace]);
  for (const folder of folders) await rm(folder, { recursive: true });
  folders = [];
});

/** A folder with all of iptables' extensions but one. */
async function extensionsWithout(match: string): Promise<string> {
  const folder = await mkdtemp("/tmp/tortie-xtables-");
  folders.push(folder);
  for (const name of await readdir(EXTENSIONS)) {
    if (name !== `libxt_${match}.so`) await symlink(join(EXTENSIONS, name), join(folder, name));
  }
  return folder;
}

const endpoint = (name: string, profile: string) => ({
  host: "h1",
  state: "active",
  name,
  profile_ids: [profile],
  ipv4_nets: [],
  ipv6_nets: [],
});

const withMorePrefixes = () => policyOf("cali,tap");

function policyOf(interfacePrefix = "cali"): NodePolicy {
  const snapshot = snapshotFromEntries(
    parseStateValue({
      profiles: {
        TAGGED: { tags: ["T"], rules: { inbound_rules: [{ action: "allow", src_tag: "T" }], outbound_rules: [] } },
        PLAIN: { tags: [], rules: { inbound_rules: [{ action: "allow", protocol: "tcp" }], outbound_rules: [] } },
      },
      endpoints: { e: endpoint("cali0", "TAGGED"), f: endpoint("cali1", "PLAIN") },
    }).entries,
  );
  return nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4, 6], interfacePrefix }).options);
}

/** The policy with a line in a chain that this kernel refuses. */
function withRefusedLine(policy: NodePolicy, place: { readonly family: Family; readonly chain: string }): NodePolicy {
  const spoil = (chain: Chain): Chain =>
    chain.name === place.chain ? { ...chain, lines: [...chain.lines, ruleLine(REFUSED, "refused")] } : chain;
  const families = policy.families.map((one) => {
    if (one.family !== place.family) return one;
    const tables = one.tables.map((table) => ({
      ...table,
      chains: new Map([...table.chains].map(([name, chain]) => [name, spoil(chain)])),
    }));
    return { ...one, tables };
  });
  return { ...policy, families };
}

async function bring(tools: KernelTools, policy: NodePolicy = policyOf()) {
  const kernel = residentKernel(runCommand, tools, { families: [4, 6] });
  const state = refusals(kernel);
  await state.bring(policy, async (closed) => kernel.run(planApply(await kernel.read(), closed).plan));
  await kernel.stop();
  return state.rejected();
}

const linesOf = async (tools: KernelTools, chain: string, family: Family = 4) =>
  (await runCommand(tools.saveTables(family))).split("\n").filter((line) => line.startsWith(`-A ${chain} `));

describe.each<Backend>(["nft", "legacy"])("%s", (backend) => {
  const tools = toolsInside(namespace, kernelTools(backend));
  const lacking = async (match: string, families: readonly Family[] = [4, 6]): Promise<KernelTools> => {
    const folder = await extensionsWithout(match);
    return {
      ...tools,
      restoreTables: (family) => [
        ...(families.includes(family) ? ["env", `XTABLES_LIBDIR=${folder}`] : []),
        ...tools.restoreTables(family),
      ],
    };
  };

  it("D9 without the set match, rules that need sets drop and everything else is programmed", async () => {
    const rejected = await bring(await lacking("set"));
    expect(rejected.map(({ key }) => key)).toEqual([
      "TAGGED inbound allow from tag T (IPv4)",
      "TAGGED inbound allow from tag T (IPv6)",
    ]);
    expect(rejected[0]?.reason).toContain("Couldn't load match `set'");
    expect((await linesOf(tools, "tortie-pi-TAGGED")).join()).toMatch(/-j DROP$/);
    expect((await linesOf(tools, "tortie-pi-PLAIN")).join()).toMatch(/-p tcp .*-g tortie-accept$/);
    expect(await linesOf(tools, "FORWARD")).toHaveLength(1);
  });

  it.each(["conntrack", "comment"])(
    "D9 without %s for IPv6 that family is closed, and IPv4 programmed",
    async (match) => {
      await bring(tools);
      const before = await linesOf(tools, "tortie-FORWARD");
      const tool = await lacking(match, [6]);
      const rejected = await bring(tool, withMorePrefixes());
      expect(rejected.map(({ key }) => key)).toEqual(["IPv6"]);
      expect(rejected[0]?.reason).toMatch(/Couldn't load match .*; every packet from or to its endpoints is dropped$/);
      const wall = ["-i cali+ -j DROP", "-i tap+ -j DROP", "-o cali+ -j DROP", "-o tap+ -j DROP"];
      expect(await linesOf(tools, "tortie-FORWARD", 6)).toEqual(wall.map((line) => `-A tortie-FORWARD ${line}`));
      expect(await linesOf(tools, "FORWARD", 6)).toEqual(["-A FORWARD -j tortie-FORWARD"]);
      expect(await linesOf(tools, "INPUT", 6)).toEqual(["-A INPUT -j tortie-INPUT"]);
      expect((await linesOf(tools, "tortie-FORWARD")).length).toBe(2 * before.length);
      // What stands there is known again, and gives way as soon as the match is there.
      expect((await bring(tool, withMorePrefixes())).map(({ key }) => key)).toEqual(["IPv6"]);
      expect(await bring(tools, withMorePrefixes())).toEqual([]);
      expect((await linesOf(tools, "tortie-FORWARD", 6)).length).toBe(2 * before.length);
    },
  );

  it("D9 of a COMMIT it refuses, the chain at fault is closed and no other", async () => {
    const rejected = await bring(tools, withRefusedLine(policyOf(), { family: 4, chain: "tortie-pi-PLAIN" }));
    expect(rejected.map(({ key }) => key).join()).toMatch(/^(chain tortie-pi-PLAIN|refused) \(IPv4\)$/);
    expect((await linesOf(tools, "tortie-pi-PLAIN")).join()).toMatch(/-j DROP$/);
    expect((await linesOf(tools, "tortie-pi-TAGGED")).join()).toMatch(/--match-set .*-g tortie-accept$/);
    expect((await linesOf(tools, "tortie-ei-TAGGED")).join()).toContain("-j tortie-pi-TAGGED");
    expect((await runCommand(tools.saveTables(4))).includes("tortie-try")).toBe(false);
  });

  it("D9 of a COMMIT it refuses for a line of the frame, the family is closed and the other programmed", async () => {
    const rejected = await bring(tools, withRefusedLine(policyOf(), { family: 6, chain: "tortie-FORWARD" }));
    expect(rejected.map(({ key }) => key)).toEqual(["IPv6"]);
    const wall = ["-A tortie-FORWARD -i cali+ -j DROP", "-A tortie-FORWARD -o cali+ -j DROP"];
    expect(await linesOf(tools, "tortie-FORWARD", 6)).toEqual(wall);
    expect((await linesOf(tools, "tortie-pi-PLAIN")).join()).toMatch(/-p tcp .*-g tortie-accept$/);
  });

  it("D9 a chain of ours that another program jumps to stays, and everything else is programmed", async () => {
    const theirs =
      "*filter\n:tortie-old - [0:0]\n-A tortie-old -j ACCEPT\n:THEIRS - [0:0]\n-A THEIRS -j tortie-old\nCOMMIT\n";
    await runCommand(tools.restoreTables(4), { input: theirs });
    const rejected = await bring(tools);
    expect(rejected.map(({ key }) => key)).toEqual(["chain tortie-old (IPv4)"]);
    expect(await linesOf(tools, "THEIRS")).toEqual(["-A THEIRS -j tortie-old"]);
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
