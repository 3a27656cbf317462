import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

/** The classic walkthrough, with packets: two profiles, one tag that opens one port, and a machine that has neither. */
let lab: Lab;
let web: Workload;
let app: Workload;

const WEB_RULES = {
  inbound_rules: [
    { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
  ],
  outbound_rules: [{ action: "allow" }],
};
const APP_RULES = {
  id: "APP",
  inbound_rules: [
    { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
    { action: "allow", protocol: "icmp", icmp_type: 8 },
  ],
  outbound_rules: [{ action: "allow" }],
};
const FAMILIES = [
  ["IPv4", 0],
  ["IPv6", 1],
] as const;

async function build(backend: string): Promise<void> {
  lab = await startLab();
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  await app.process.listen("tcp", 7890);
  await app.process.listen("tcp", 7891);
  await web.process.listen("tcp", 80);
  lab.startAgent("n1", [`--backend=${backend}`]);
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
  await lab.settle();
}

const address = (workload: Workload, index: number) => workload.addresses[index] ?? "";

describe.each(["nft", "legacy"])("the walkthrough with packets, %s", (backend) => {
  beforeAll(() => build(backend));
  afterAll(() => lab?.close());

  it.each(FAMILIES)("%s: nothing passes while the profiles do not exist", async (_, index) => {
    expect(await tcp(web, address(app, index), 7890)).toBe("timeout");
    expect(await web.process.ping(address(app, index))).toBe("timeout");
  });

  it("the profiles are written", async () => {
    await lab.profile("WEB", { tags: ["WEB"], rules: WEB_RULES });
    await lab.profile("APP", { tags: ["APP"], rules: APP_RULES });
    await lab.settle();
  });

  it.each(FAMILIES)("%s: without the tag WEB cannot reach APP on tcp 7890", async (_, index) => {
    expect(await tcp(web, address(app, index), 7890)).toBe("timeout");
  });

  it("with the tag WEB can, on that port and no other, over both families", async () => {
    await lab.profile("WEB", { tags: ["WEB", "APP_7890"], rules: WEB_RULES });
    await lab.settle();
    for (const [, index] of FAMILIES) {
      expect(await patientTcp(web, address(app, index), 7890)).toBe("open");
      expect(await tcp(web, address(app, index), 7891)).toBe("timeout");
    }
  });

  it("ping passes over IPv4, and not over IPv6, which its rule does not name", async () => {
    expect(await web.process.ping(address(app, 0))).toBe("open");
    expect(await lab.network.outside.process.ping(address(web, 0))).toBe("open");
    expect(await web.process.ping(address(app, 1))).toBe("timeout");
  });

  it.each(FAMILIES)(
    "%s: a machine with neither tag never reaches APP, but reaches WEB's open port",
    async (_, index) => {
      expect(await tcp(lab.network.outside, address(app, index), 7890)).toBe("timeout");
      expect(await patientTcp(lab.network.outside, address(web, index), 80)).toBe("open");
    },
  );

  it("an established flow outlives the tag, a new connection does not", async () => {
    expect(await web.process.hold("before", { to: address(app, 0), port: 7890, timeoutMs: 5_000 })).toBe("open");
    await lab.profile("WEB", { tags: ["WEB"], rules: WEB_RULES });
    await lab.settle();
    for (const [, index] of FAMILIES) expect(await tcp(web, address(app, index), 7890)).toBe("timeout");
    expect(await web.process.say("before", 5_000)).toBe("open");
  });
});
