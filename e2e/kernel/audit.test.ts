import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AgentProcess } from "../support/agent-process.ts";
import { eventually, type Lab, startLab } from "../support/lab.ts";

/** The audit finds what other programs change, by whichever way this machine lets it look. */
let lab: Lab;
let agent: AgentProcess;

const node = (...argv: readonly string[]) => lab.inNode("n1", argv);

/** Hides a program from the agent alone. */
const without = (program: string) => [
  ...["unshare", "--mount", "sh", "-c"],
  `mount --bind /bin/false "$(command -v ${program})" && exec "$@"`,
  "sh",
];

async function start(args: readonly string[], starter: readonly string[] = []) {
  agent = lab.startAgent("n1", args, { argv: starter });
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [{ src_tag: "WEB" }], outbound_rules: [{}] } });
  const web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2"] });
  await lab.endpoint(web, ["WEB"]);
  await lab.settle();
}

beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab?.close());

/** Our rules and members, whichever generation a repair left them in. */
async function ours(): Promise<string> {
  const texts = await Promise.all([node("iptables-save"), node("ip6tables-save"), node("ipset", "save")]);
  return texts
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.includes("tortie"))
    .map((line) =>
      line
        .replace(/ \[\d+:\d+\]$/, "")
        .replace(/ initval \S+/, "")
        .replace(/tortie-([46])b-/g, "tortie-$1a-"),
    )
    .sort()
    .join("\n");
}

async function webSet(): Promise<string> {
  return (await node("ipset", "list", "-n")).split("\n").find((name) => /^tortie-4[ab]-WEB$/.test(name)) ?? "";
}

/** Three audits pass; what is read at the start is behind us then. */
const someAudits = () => new Promise((resolve) => setTimeout(resolve, 3_500));

const NEVER = "--full-audit=100000";

const repairs = () => agent.log().split('"repair":true').length - 1;

async function isPutRight(change: () => Promise<unknown>) {
  const before = await ours();
  const already = repairs();
  await change();
  expect(await eventually(async () => repairs() > already, true)).toBe(true);
  expect(await eventually(ours, before)).toBe(before);
}

const deleteRule = () => node("iptables", "-D", "tortie-pi-WEB", "1");
const flushSet = async () => node("ipset", "flush", await webSet());

async function monitors(): Promise<number> {
  const pids = (await node("ip", "netns", "pids", lab.network.namespace("n1"))).split("\n").filter(Boolean);
  const names = await Promise.all(pids.map((pid) => node("cat", `/proc/${pid}/comm`).catch(() => "")));
  return names.filter((name) => name.startsWith("xtables-monitor")).length;
}

describe("an audit between two readings of everything", () => {
  it("a rule deleted, a set flushed by another program: put right, with one monitor listening", async () => {
    await start([NEVER]);
    await someAudits();
    expect(await monitors()).toBe(1);
    await isPutRight(deleteRule);
    await isPutRight(flushSet);
    await someAudits();
    await isPutRight(deleteRule);
    await agent.kill();
    expect(await eventually(monitors, 0)).toBe(0);
  });

  it("a rule deleted while the monitor is dead: put right", async () => {
    await start([NEVER]);
    await someAudits();
    await node("sh", "-c", `kill -9 $(pgrep -f -P ${agent.pid} xtables-monitor)`);
    await isPutRight(deleteRule);
  });

  it.each(["setpriv", "stdbuf"])(
    "without %s there is no monitor, and a rule and a set are put right",
    async (program) => {
      await start([NEVER], without(program));
      await someAudits();
      expect(await monitors()).toBe(0);
      await isPutRight(deleteRule);
      await isPutRight(flushSet);
    },
  );

  it("a rule of the legacy backend is put right", async () => {
    await start([NEVER, "--backend=legacy"]);
    await someAudits();
    const rules = () => node("iptables-legacy", "-S", "tortie-pi-WEB");
    const before = await rules();
    const already = repairs();
    await node("iptables-legacy", "-D", "tortie-pi-WEB", "1");
    expect(await eventually(async () => repairs() > already, true)).toBe(true);
    expect(await eventually(rules, before)).toBe(before);
  });
});

const swapMember = async () => {
  const set = await webSet();
  await lab.inNode("n1", ["ipset", "restore"], `del ${set} 10.65.0.2\nadd ${set} 192.0.2.9\n`);
};

describe("the rotation", () => {
  it("one member in another's place changes no header and is put right all the same", async () => {
    await start(["--full-audit=3", "--audit-members=0"]);
    await someAudits();
    await isPutRight(swapMember);
  });
});
