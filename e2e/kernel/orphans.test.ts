import { afterEach, beforeEach, expect, it } from "vitest";
import { eventually, type Lab, startLab } from "../support/lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab?.close());

const node = (...argv: readonly string[]) => lab.inNode("n1", argv);

/** Hooks, chains and sets as no version names them today. */
async function leaveLayout0(backend: string): Promise<void> {
  await lab.inNode("n1", ["ipset", "restore"], "create tortie-v4-OLD hash:ip\nadd tortie-v4-OLD 192.0.2.7\n");
  const lines = [
    ...["*filter", ":tortie-FWD - [0:0]", ":tortie-old-1 - [0:0]", "-A tortie-FWD -j tortie-old-1"],
    "-A tortie-old-1 -m set --match-set tortie-v4-OLD src -j ACCEPT",
    ...["-I FORWARD 1 -j tortie-FWD", "-I OUTPUT 1 -j tortie-FWD", "COMMIT", ""],
  ];
  await lab.inNode("n1", [`iptables-${backend}-restore`, "--noflush"], lines.join("\n"));
}

it.each(["nft", "legacy"])(
  "what an earlier layout left waits in sight through a restart and goes, %s",
  async (backend) => {
    const saved = async () => (await node(`iptables-${backend}-save`)) + (await node("ipset", "save"));
    const record = async () => (await saved()).split("\n").filter((line) => line.startsWith("-A tortie-orphans "));
    await leaveLayout0(backend);
    const start = (graceSeconds: number) =>
      lab.startAgent("n1", [`--backend=${backend}`, `--orphan-grace=${graceSeconds}`]);
    const first = start(3_600);
    await lab.profile("P", { tags: [], rules: { inbound_rules: [], outbound_rules: [] } });
    await lab.settle();
    expect(await saved()).not.toMatch(/-A (FORWARD|OUTPUT) -j tortie-FWD/);
    expect(await saved()).toMatch(/-A tortie-old-1 -m set --match-set tortie-v4-OLD src -j ACCEPT/);
    expect(await saved()).toContain("add tortie-v4-OLD 192.0.2.7");
    expect((await lab.status("n1"))?.waitingOrphans).toBe(3);
    const since = await record();
    expect(since).toHaveLength(3);

    await first.kill();
    const second = start(3_600);
    await lab.settle();
    expect(await record()).toEqual(since);

    await second.kill();
    start(1);
    await lab.settle();
    expect(await eventually(async () => /FWD|old-1|OLD|orphans/.test(await saved()), false)).toBe(false);
    expect(await eventually(async () => (await lab.status("n1"))?.waitingOrphans, undefined)).toBe(undefined);
  },
);
