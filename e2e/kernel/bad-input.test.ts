import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentProcess } from "../support/agent-process.ts";
import { eventually, type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

/** What nobody should write, beside what somebody did: a clear status, closed, and everything else goes on. */
let lab: Lab;
let agent: AgentProcess;
let web: Workload;
let app: Workload;

const ALLOW = { action: "allow" };
const LONG = "t".repeat(199);
const WEB_RULES = { inbound_rules: [{ ...ALLOW, protocol: "tcp", dst_ports: [90] }], outbound_rules: [ALLOW] };
const tagRule = (tag: string, port: number) => ({ ...ALLOW, protocol: "tcp", dst_ports: [port], src_tag: tag });

beforeAll(async () => {
  lab = await startLab();
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  for (const port of [80, 81, 82, 20_001, 20_002]) await app.process.listen("tcp", port);
  await web.process.listen("tcp", 90);
  await lab.profile("WEB", { tags: ["WEB"], rules: WEB_RULES });
  await appRules([tagRule("WEB", 80)]);
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
  agent = lab.startAgent("n1");
  await lab.settle();
});

afterAll(() => lab?.close());

async function appRules(inbound: readonly object[]): Promise<void> {
  await lab.profile("APP", { tags: ["APP"], rules: { inbound_rules: inbound, outbound_rules: [] } });
}

const reach = (port: number) => tcp(web, "10.65.0.3", port);
const patiently = (port: number) => patientTcp(web, "10.65.0.3", port);
const rejectedFor = async (word: string) =>
  (await lab.status("n1"))?.rejected.find(({ key }) => key.includes(word))?.reason;

describe("bad input", () => {
  it.each([
    ["16 characters", "cali0123456789ab"],
    ["a shell's words", "cali$(id);x"],
    ["a second line", "cali0\n-A INPUT -j ACCEPT"],
    ["iptables' wildcard", "cali+"],
    ["a blank and an option", "cali -j ACCEPT"],
    ["another prefix", "eth0"],
    ["nothing", ""],
  ])("an interface name with %s is rejected with its reason, the rest goes on", async (_, interfaceName) => {
    const odd = { ...web, name: "odd", interfaceName, addresses: ["10.65.0.66"] };
    await lab.endpoint(odd, ["WEB"]);
    await lab.settle();
    expect(await eventually(async () => Boolean(await rejectedFor("odd")), true)).toBe(true);
    const saved = await lab.inNode("n1", ["iptables-save"]);
    expect(saved).not.toContain("cali0123");
    expect(saved).not.toContain("$(id)");
    expect(saved).not.toMatch(/-A INPUT -j ACCEPT|cali -j|-i cali\+ -g/);
    expect(await patiently(80)).toBe("open");
    await lab.removeEndpoint(odd);
  });

  it("an interface named like the prefix alone is one endpoint, and no other's door", async () => {
    const bare = { ...web, name: "bare", interfaceName: "cali", addresses: ["10.65.0.67"] };
    await lab.endpoint(bare, ["WEB"]);
    await lab.settle();
    expect(await lab.inNode("n1", ["iptables-save"])).toMatch(/-i cali -m comment .* -g tortie-eo-WEB/);
    expect(await patiently(80)).toBe("open");
    expect(await reach(81)).toBe("timeout");
    await lab.removeEndpoint(bare);
  });

  it("tags of 200 characters that share all but the last are two tags", async () => {
    await lab.profile("WEB", { tags: ["WEB", `${LONG}a`], rules: WEB_RULES });
    await appRules([tagRule(`${LONG}a`, 80), tagRule(`${LONG}b`, 81)]);
    await lab.settle();
    expect(await patiently(80)).toBe("open");
    expect(await reach(81)).toBe("timeout");
  });

  it("10,000 ports in one rule are all in force", async () => {
    const ports = Array.from({ length: 10_000 }, (_, index) => 2 * index + 1);
    await appRules([{ ...ALLOW, protocol: "tcp", dst_ports: [80, ...ports, 20_001], src_tag: "WEB" }]);
    await lab.settle();
    expect(await patiently(20_001)).toBe("open");
    expect(await patiently(81)).toBe("open");
    expect(await reach(82)).toBe("timeout");
    expect(await reach(20_002)).toBe("timeout");
  });

  it("a set larger than its limit is closed and said, not left as it was; within the limit it is open again", async () => {
    await appRules([tagRule("WEB", 80), tagRule("MANY", 81)]);
    await lab.profile("MANY", { tags: ["MANY"], rules: { inbound_rules: [], outbound_rules: [] } });
    await lab.endpoint(web, ["WEB", "MANY"]);
    await lab.settle();
    expect(await patiently(81)).toBe("open");
    await lab.keys.put("/calico/v1/config/MaxIpsetSize", "2");
    for (const number of [1, 2]) {
      const other = {
        ...web,
        node: "n2",
        name: `many${number}`,
        interfaceName: "cali0",
        addresses: [`10.66.0.${number}`],
      };
      await lab.endpoint(other, ["MANY"]);
    }
    await lab.settle();
    expect(await eventually(() => reach(81), "timeout")).toBe("timeout");
    expect(await eventually(async () => /MANY/.test(JSON.stringify((await lab.status("n1"))?.rejected)), true)).toBe(
      true,
    );
    // The whole profile that names the tag is closed, and no other.
    expect(await reach(80)).toBe("timeout");
    expect(await patientTcp(lab.network.outside, web.addresses[0] ?? "", 90)).toBe("open");
    await lab.keys.remove("/calico/v1/config/MaxIpsetSize");
    await lab.settle();
    expect(await patiently(81)).toBe("open");
  });

  it("values that are no policy at all stop nothing", async () => {
    for (const value of ["", "{", "null", "[]", '"x"', "\u0000", "9".repeat(400)]) {
      await lab.keys.put("/calico/v1/policy/profile/ODD/rules", value);
      await lab.keys.put("/calico/v1/policy/profile/ODD/tags", value);
      await lab.keys.put("/calico/v1/host/n1/workload/test/odd/endpoint/odd", value);
      await lab.keys.put("/calico/v1/config/IptablesMarkMask", value);
    }
    await lab.settle();
    expect(await rejectedFor("IptablesMarkMask")).toContain("9999");
    expect(await patiently(80)).toBe("open");
    expect(agent.isRunning()).toBe(true);
  });
});

describe("a machine that lacks something", () => {
  /** Programs of these names fail for whoever is started by it: their directory comes first in the agent's path. */
  const without = (...programs: readonly string[]) => [
    ...[
      "sh",
      "-c",
      'mount -t tmpfs none /usr/local/sbin && for p in $0; do ln -s /bin/false /usr/local/sbin/$p; done && exec "$@"',
    ],
    programs.join(" "),
  ];

  it("IPv6 switched off: IPv4 is enforced and nothing is wrong", async () => {
    await lab.stopAgents();
    await lab.inNode("n1", ["sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"]);
    agent = lab.startAgent("n1");
    await appRules([tagRule("WEB", 80)]);
    await lab.settle();
    expect(await patiently(80)).toBe("open");
    expect(await reach(81)).toBe("timeout");
    await lab.inNode("n1", ["sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=0"]);
  });

  it("no ip6tables: the status says so, IPv4 is enforced", async () => {
    await lab.stopAgents();
    agent = lab.startAgent("n1", [], {
      argv: without("ip6tables-nft-save", "ip6tables-nft-restore", "ip6tables-legacy-save"),
    });
    await appRules([tagRule("WEB", 81)]);
    await lab.settle();
    expect(await rejectedFor("IPv6")).toContain("ip6tables");
    expect(await patiently(81)).toBe("open");
    expect(await reach(80)).toBe("timeout");
  });
});
