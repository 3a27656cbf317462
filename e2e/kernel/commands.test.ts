import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../support/lab.ts";

/** The agent's other commands, inside a node. */
let lab: Lab;
const PROGRAM = new URL("../../dist/tortie-agent.js", import.meta.url).pathname;

beforeAll(async () => {
  lab = await startLab();
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [{ src_tag: "WEB" }], outbound_rules: [] } });
  const endpoint = { state: "active", name: "cali0", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.1"], ipv6_nets: [] };
  await lab.keys.put("/calico/v1/host/n1/workload/test/e/endpoint/e", endpoint);
});
afterAll(() => lab?.close());

/** Runs the agent's program in the node and answers what it printed, whatever it thought of it. */
async function agent(...args: readonly string[]): Promise<string> {
  const argv = ["env", `ETCD_ENDPOINTS=${lab.etcd.socketEndpoint}`, process.execPath, PROGRAM, ...args];
  return lab.inNode("n1", argv).catch((error: { stdout: string; stderr: string }) => error.stdout + error.stderr);
}

const NEEDS = [
  ...["CAP_NET_ADMIN", "IPv4 packets", "rp_filter", "ipset", "IPv4 tables", "IPv6 tables", "IP sets"],
  ...["IPv4 rules can use xt_set", "IPv6 rules can use xt_rpfilter", "etcd answers", "this clock and etcd's agree"],
];

describe("the agent's commands", () => {
  it("render prints what the host would be given, and what it prints can be loaded", async () => {
    const text = await agent("render", "--host=n1", "--ip-version=4");
    expect(text).toContain("add tortie-4a-WEB 10.0.0.1\n");
    expect(text).toContain("-i cali0 -g tortie-eo-WEB\n");
    await lab.inNode("n1", ["ipset", "restore"], text.slice(0, text.indexOf("*raw")));
    await lab.inNode("n1", ["iptables-restore", "--noflush"], text.slice(text.indexOf("*raw")));
    expect(await lab.inNode("n1", ["iptables-save"])).toContain("-j tortie-FORWARD");
  });

  it("uninstall --dry-run prints what it would do and does nothing, uninstall does it", async () => {
    expect(await agent("uninstall", "--dry-run")).toContain("-X tortie-FORWARD\n");
    expect(await lab.inNode("n1", ["iptables-save"])).toContain("-j tortie-FORWARD");
    await agent("uninstall");
    expect(await lab.inNode("n1", ["iptables-save"])).not.toContain("tortie");
    expect(await lab.inNode("n1", ["ipset", "list", "-n"])).toBe("");
  });

  it("uninstall takes the rest when another program holds on to a chain and a set, and says what stays", async () => {
    const text = await agent("render", "--host=n1", "--ip-version=4");
    await lab.inNode("n1", ["ipset", "restore"], text.slice(0, text.indexOf("*raw")));
    await lab.inNode("n1", ["iptables-restore", "--noflush"], text.slice(text.indexOf("*raw")));
    const theirs = ["-N THEIRS", "-A THEIRS -j tortie-FORWARD", "-A THEIRS -m set --match-set tortie-4a-WEB src"];
    await lab.inNode("n1", ["iptables-restore", "--noflush"], `*filter\n${theirs.join("\n")}\nCOMMIT\n`);
    const said = await agent("uninstall");
    expect(said).toContain("the kernel keeps 2 of our objects, emptied");
    const left = await lab.inNode("n1", ["iptables-save"]);
    expect(left.split("\n").filter((line) => line.includes("tortie"))).toEqual([
      expect.stringMatching(/^:tortie-FORWARD - /),
      "-A THEIRS -j tortie-FORWARD",
      "-A THEIRS -m set --match-set tortie-4a-WEB src",
    ]);
    await lab.inNode("n1", ["iptables-restore", "--noflush"], "*filter\n-F THEIRS\n-X THEIRS\nCOMMIT\n");
    expect(await agent("uninstall")).not.toContain("keeps");
    expect(await lab.inNode("n1", ["iptables-save"])).not.toContain("tortie");
    expect(await lab.inNode("n1", ["ipset", "list", "-n"])).toBe("");
  });

  it("doctor finds everything it needs here", async () => {
    const text = await agent("doctor");
    expect(text).not.toContain("FAIL");
    for (const need of NEEDS) expect(text).toContain(`ok    ${need}`);
  });

  it("doctor says what is missing and how to mend it", async () => {
    await lab.inNode("n1", ["sysctl", "-qw", "net.ipv4.ip_forward=0"]);
    const text = await lab
      .inNode("n1", ["env", "ETCD_ENDPOINTS=http://127.0.0.1:1", process.execPath, PROGRAM, "doctor"])
      .catch((error: { stdout: string; code: number }) => `${error.code}\n${error.stdout}`);
    expect(text).toMatch(/^1\n/);
    expect(text).toContain("FAIL  IPv4 packets are forwarded\n      → sysctl -w net.ipv4.ip_forward=1\n");
    expect(text).toContain("FAIL  etcd answers");
  });

  it("run --dry-run prints the plan and leaves the kernel alone", async () => {
    const argv = ["env", `ETCD_ENDPOINTS=${lab.etcd.socketEndpoint}`, "timeout", "-s", "TERM", "5"];
    const text = await lab
      .inNode("n1", [...argv, process.execPath, PROGRAM, "run", "--host=n1", "--dry-run", "--metrics=off"])
      .catch((error: { stdout: string }) => error.stdout);
    expect(text).toContain("# iptables-restore --noflush\n*filter\n");
    expect(text).toContain("add tortie-4a-WEB 10.0.0.1\n");
    expect(await lab.inNode("n1", ["iptables-save"])).not.toContain("tortie");
  });

  it.each([["run", "--backend=both"], ["run", "--metrics=0.0.0.0:9091"], ["run", "--no-such-option"], ["walk"]])(
    "%s %s is wrong usage",
    async (...args) => {
      const code = await lab
        .inNode("n1", [process.execPath, PROGRAM, ...args.filter((arg) => arg !== undefined)])
        .then(() => 0)
        .catch((error: { code: number }) => error.code);
      expect(code).toBe(2);
    },
  );
});
