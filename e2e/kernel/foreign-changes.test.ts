import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentProcess } from "../support/agent-process.ts";
import { eventually, type Lab, patientTcp, pause, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

/** Other programs on the node break what is ours; it is put right, and what is theirs is left alone. */
let lab: Lab;
let agent: AgentProcess;
let web: Workload;
let app: Workload;

beforeAll(async () => {
  lab = await startLab();
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  for (const port of [80, 81]) await app.process.listen("tcp", port);
  await lab.inNode("n1", ["iptables", "-N", "THEIRS"]);
  await lab.inNode("n1", ["iptables", "-A", "THEIRS", "-s", "192.0.2.1", "-j", "DROP"]);
  await lab.inNode("n1", ["iptables", "-A", "FORWARD", "-j", "THEIRS"]);
  await lab.inNode("n1", ["ipset", "create", "theirs", "hash:ip"]);
  agent = lab.startAgent("n1");
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } });
  const inbound = [{ action: "allow", protocol: "tcp", dst_ports: [80], src_tag: "WEB" }];
  await lab.profile("APP", { tags: ["APP"], rules: { inbound_rules: inbound, outbound_rules: [] } });
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
  await lab.settle();
});

afterAll(() => lab?.close());

const TABLES = "filter";

async function node(...argv: readonly string[]): Promise<string> {
  return lab.inNode("n1", argv);
}

/** The set of the tag WEB by its present name; a repair may have filled its other generation. */
async function setOf(family: 4 | 6): Promise<string> {
  const names = (await node("ipset", "list", "-n")).split("\n");
  return names.find((name) => name.startsWith(`tortie-${family}`) && name.endsWith("-WEB")) ?? "";
}

function repairs(): number {
  return agent.log().split('"repair":true').length - 1;
}

/** Right again: the allowed port opens and the denied one is dropped. */
async function isRight(): Promise<string> {
  const [allowed, denied] = await Promise.all([tcp(web, "10.65.0.3", 80), tcp(web, "10.65.0.3", 81)]);
  return `${allowed} ${denied}`;
}

describe("what another program does", () => {
  it.each([
    ["flushes the filter table", ["iptables", "-t", TABLES, "-F"]],
    ["flushes IPv6's filter table", ["ip6tables", "-t", TABLES, "-F"]],
    ["takes out the hook", ["iptables", "-D", "FORWARD", "1"]],
    ["accepts everything before us", ["iptables", "-I", "FORWARD", "1", "-j", "ACCEPT"]],
    ["opens a chain of ours", ["iptables", "-I", "tortie-pi-APP", "1", "-j", "ACCEPT"]],
    ["empties a set", ["ipset", "flush", "tortie-4a-WEB"]],
    ["adds a member to a set", ["ipset", "add", "tortie-4a-WEB", "192.0.2.77"]],
    ["flushes the raw table", ["iptables", "-t", "raw", "-F"]],
  ])("%s: put right by the next audit", async (_, argv) => {
    const before = await normal();
    expect(before).toContain("first in FORWARD: -A FORWARD -m comment");
    await node(...argv);
    expect(await eventually(normal, before)).toBe(before);
    expect(await eventually(isRight, "open timeout")).toBe("open timeout");
  });

  it("replaces the whole table without us: everything is there again", async () => {
    const before = await normal();
    await lab.inNode(
      "n1",
      ["iptables-restore"],
      "*filter\n:INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\n:THEIRS -\n-A THEIRS -s 192.0.2.1 -j DROP\n-A FORWARD -j THEIRS\nCOMMIT\n",
    );
    expect(await eventually(normal, before)).toBe(before);
    expect(await patientTcp(web, "10.65.0.3", 80)).toBe("open");
  });

  it("destroys every set, after the rules that held them: everything is there again", async () => {
    const before = await normal();
    const destroy = async (family: 4 | 6) => {
      const program = family === 4 ? "iptables" : "ip6tables";
      await node(program, "-t", "raw", "-F");
      await node(program, "-F");
      await node("ipset", "destroy", await setOf(family));
      return true;
    };
    // The kernel lets go of the sets a moment later; by then we may have put the rules back.
    for (const family of [4, 6] as const) {
      expect(await eventually(() => destroy(family).catch(() => false), true)).toBe(true);
    }
    await lab.inNode("n1", ["iptables", "-A", "THEIRS", "-s", "192.0.2.1", "-j", "DROP"]);
    await lab.inNode("n1", ["iptables", "-A", "FORWARD", "-j", "THEIRS"]);
    expect(await eventually(normal, before)).toBe(before);
    expect(await eventually(isRight, "open timeout")).toBe("open timeout");
  });

  it("writes against us in a loop: right between two of its writes, and right when it ends; repairs are counted", async () => {
    const before = await normal();
    const already = repairs();
    const rounds = 12;
    // What it would change may be gone for a moment: nobody coordinates with it.
    const disturb = (...argv: readonly string[]) => node(...argv).catch(() => "");
    for (let round = 0; round < rounds; round += 1) {
      await disturb("ipset", "flush", await setOf(4));
      await disturb("iptables", "-I", "tortie-pi-APP", "1", "-j", "ACCEPT");
      await disturb("iptables", "-F", "tortie-eo-WEB");
      await disturb("ip6tables", "-F", "FORWARD");
      // Now and then it leaves us the time of an audit.
      if (round % 4 === 3) expect(await eventually(normal, before)).toBe(before);
      else await pause(100);
    }
    expect(await eventually(normal, before)).toBe(before);
    expect(await eventually(isRight, "open timeout")).toBe("open timeout");
    expect(repairs() - already).toBeGreaterThanOrEqual(3);
    expect(agent.isRunning()).toBe(true);
  });

  it("their own chains, rules and sets are as they left them", async () => {
    const saved = await node("iptables-save", "-t", "filter");
    expect(saved).toContain("-A THEIRS -s 192.0.2.1/32 -j DROP");
    expect(saved).toContain("-A FORWARD -j THEIRS");
    expect(saved).not.toContain("-A FORWARD -j ACCEPT");
    expect(await node("ipset", "list", "-n")).toContain("theirs\n");
  });

  it("uninstall removes everything of ours and nothing of theirs", async () => {
    await lab.stopAgents();
    await node(process.execPath, new URL("../../dist/tortie-agent.js", import.meta.url).pathname, "uninstall");
    const left = await Promise.all(
      ["iptables-save", "ip6tables-save"].map((program) => node(program)).concat(node("ipset", "save")),
    );
    expect(left.join("")).not.toContain("tortie");
    expect(left.join("")).toContain("-A FORWARD -j THEIRS");
    expect(left.join("")).toContain("create theirs");
    expect(await patientTcp(web, "10.65.0.3", 81)).toBe("open");
  });
});

/** The kernel lists sets in the order in which places for them were free. */
async function sortedSets(): Promise<string> {
  return (await node("ipset", "save")).split("\n").sort().join("\n");
}

/** Everything of ours in the kernel, without counters and dates, and whether our hook comes first. */
async function normal(): Promise<string> {
  const texts = await Promise.all([node("iptables-save"), node("ip6tables-save"), sortedSets()]);
  const first = /^-A FORWARD .*$/m.exec(texts[0] ?? "")?.[0] ?? "no line";
  return [`first in FORWARD: ${first}`, ...texts]
    .join("\n")
    .split("\n")
    .filter((line) => line.includes("tortie"))
    .map((line) =>
      line
        .replace(/ \[\d+:\d+\]$/, "")
        .replace(/ initval \S+/, "")
        .replace(/tortie-([46])b-/g, "tortie-$1a-"),
    )
    .join("\n");
}
