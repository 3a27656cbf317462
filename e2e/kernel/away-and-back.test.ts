import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentProcess } from "../support/agent-process.ts";
import { eventually, type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";
import { readValue } from "../support/read-value.ts";

/** While the agent runs, etcd goes away and comes back with another past, and interfaces come and go. */
let lab: Lab;
let agent: AgentProcess;
let web: Workload;
let app: Workload;

beforeAll(async () => {
  lab = await startLab();
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  for (const port of [80, 81, 82]) await app.process.listen("tcp", port);
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } });
  await open(80);
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
  agent = lab.startAgent("n1");
  await lab.settle();
});

afterAll(() => lab?.close());

async function open(port: number): Promise<void> {
  const inbound = [{ action: "allow", protocol: "tcp", dst_ports: [port], src_tag: "WEB" }];
  await lab.profile("APP", { tags: ["APP"], rules: { inbound_rules: inbound, outbound_rules: [] } });
}

const reach = (port: number) => tcp(web, "10.65.0.3", port);

describe("etcd away", () => {
  it("the agent says so, goes on enforcing and repairing, and catches up when etcd is back", async () => {
    await lab.etcd.kill();
    await expect.poll(() => agent.log(), { timeout: 20_000 }).toContain("etcd does not answer");
    await lab.inNode("n1", ["iptables", "-F", "FORWARD"]);
    expect(await eventually(() => reach(81), "timeout")).toBe("timeout");
    expect(await patientTcp(web, "10.65.0.3", 80)).toBe("open");
    await lab.etcd.restart();
    await open(81);
    await lab.settle();
    expect(agent.log().lastIndexOf("etcd answers")).toBeGreaterThan(agent.log().indexOf("etcd does not answer"));
    expect(await patientTcp(web, "10.65.0.3", 81)).toBe("open");
    expect(await reach(80)).toBe("timeout");
  });

  it("history that was compacted meanwhile is made up for by a whole snapshot", async () => {
    process.kill(agent.pid, "SIGSTOP");
    await lab.etcd.kill();
    await lab.etcd.restart();
    await open(80);
    await open(82);
    const revision = await lab.keys.put("/elsewhere", "x");
    const compaction = JSON.stringify({ revision, physical: true });
    const answer = await fetch(`${lab.etcd.endpoint}/v3/kv/compaction`, { method: "POST", body: compaction });
    expect(answer.ok).toBe(true);
    process.kill(agent.pid, "SIGCONT");
    await open(82);
    expect(await eventually(() => reach(82), "open", 30_000)).toBe("open");
    expect(await eventually(() => reach(81), "timeout")).toBe("timeout");
  });
});

describe("an interface that comes and goes", () => {
  const key = "/calico/felix/v1/host/n1/workload/test/late/endpoint/late";
  const classic = () => readValue(lab.etcd.endpoint, key);
  const ours = async () => (await lab.status("n1"))?.endpoints.calilate;
  const both = async () => JSON.stringify([await ours(), await classic()]);
  const said = (state: string) => JSON.stringify([state, { status: state }]);

  it("is down before it is there, up while it is, and down again; its endpoint is enforced all the time", async () => {
    const late = { ...web, name: "late", interfaceName: "calilate", addresses: ["10.65.0.9"] };
    await lab.endpoint(late, ["WEB"]);
    await lab.settle();
    expect(await eventually(both, said("down"))).toBe(said("down"));
    expect(await lab.inNode("n1", ["iptables-save"])).toContain("-i calilate ");
    await lab.inNode("n1", ["ip", "link", "add", "calilate", "type", "veth", "peer", "name", "far"]);
    await lab.inNode("n1", ["ip", "link", "set", "far", "up"]);
    await lab.inNode("n1", ["ip", "link", "set", "calilate", "up"]);
    expect(await eventually(both, said("up"))).toBe(said("up"));
    await lab.inNode("n1", ["ip", "link", "del", "calilate"]);
    expect(await eventually(both, said("down"))).toBe(said("down"));
    await lab.removeEndpoint(late);
    expect(await eventually(async () => (await classic()) === undefined, true)).toBe(true);
  });

  it("the host's classic status is there while the agent runs, and only its last report afterwards", async () => {
    const status = () => readValue(lab.etcd.endpoint, "/calico/felix/v1/host/n1/status");
    expect(await status()).toMatchObject({ first_update: true });
    await agent.stop();
    expect(await status()).toBeUndefined();
    const last = await readValue(lab.etcd.endpoint, "/calico/felix/v1/host/n1/last_reported_status");
    expect(last).toMatchObject({ first_update: true, uptime: expect.any(Number), time: expect.stringMatching(/Z$/) });
  });
});
