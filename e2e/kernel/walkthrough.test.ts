import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { type EtcdKeys, etcdKeys } from "../support/etcd-keys.ts";
import { type TestNetwork, testNetwork, type Workload } from "../support/netns.ts";

let etcd: TestEtcd, keys: EtcdKeys, network: TestNetwork, agent: AgentProcess, web: Workload, app: Workload;

beforeAll(async () => {
  etcd = await startEtcd();
  keys = etcdKeys(etcd.endpoint);
  network = await testNetwork();
  web = await network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  await app.process.listen("tcp", 7890);
  agent = startAgent({
    namespace: network.namespace("n1"),
    host: "n1",
    etcd: etcd.socketEndpoint,
    args: ["--metrics=off"],
  });
});

afterAll(async () => {
  await agent?.stop();
  console.log(agent?.log());
  await network?.remove();
  await etcd?.stop();
});

describe("the walkthrough", () => {
  it("opens tcp 7890 with the tag", async () => {
    expect(await web.process.ping("169.254.1.1")).toBe("open");
    for (const w of [web, app]) {
      await keys.put(`/calico/v1/host/n1/workload/manual/${w.name}/endpoint/${w.name}`, {
        state: "active",
        name: w.interfaceName,
        mac: w.mac,
        profile_ids: [w.name.toUpperCase()],
        ipv4_nets: [w.addresses[0]],
        ipv6_nets: [w.addresses[1]],
      });
    }
    await keys.put("/calico/v1/policy/profile/WEB/tags", ["WEB"]);
    await keys.put("/calico/v1/policy/profile/WEB/rules", { inbound_rules: [], outbound_rules: [{ action: "allow" }] });
    await keys.put("/calico/v1/policy/profile/APP/tags", ["APP"]);
    await keys.put("/calico/v1/policy/profile/APP/rules", {
      inbound_rules: [{ protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" }],
      outbound_rules: [{ action: "allow" }],
    });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await web.process.tcp({ to: "10.65.0.3", port: 7890 })).toBe("timeout");
    await keys.put("/calico/v1/policy/profile/WEB/tags", ["WEB", "APP_7890"]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await web.process.tcp({ to: "10.65.0.3", port: 7890 })).toBe("open");
    expect(await web.process.tcp({ to: "fd65::3", port: 7890 })).toBe("open");
    expect(await web.process.tcp({ to: "10.65.0.3", port: 7891 })).toBe("timeout");
  });
});
