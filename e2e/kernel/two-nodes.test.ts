import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

let lab: Lab;
let web: Workload;
let app: Workload;

const ALLOW = { action: "allow" };

beforeAll(async () => {
  lab = await startLab(["n1", "n2"]);
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.1.2", "fd65:1::2"] });
  app = await lab.network.workload({ node: "n2", name: "app", addresses: ["10.65.2.2", "fd65:2::2"] });
  await app.process.listen("tcp", 7890);
  lab.startAgent("n1");
  lab.startAgent("n2");
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [ALLOW] } });
  const rules = {
    inbound_rules: [{ ...ALLOW, protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" }],
    outbound_rules: [],
  };
  await lab.profile("APP", { tags: ["APP"], rules });
  await lab.settle();
});

afterAll(() => lab?.close());

it("a tag on one node opens a port on the other, and closes it when it goes", async () => {
  for (const address of app.addresses) expect(await tcp(web, address, 7890)).toBe("timeout");
  await lab.profile("WEB", { tags: ["WEB", "APP_7890"], rules: { inbound_rules: [], outbound_rules: [ALLOW] } });
  await lab.settle();
  for (const address of app.addresses) expect(await patientTcp(web, address, 7890)).toBe("open");
  await lab.removeEndpoint(web);
  await lab.endpoint(web, ["WEB"], { state: "inactive" });
  await lab.settle();
  for (const address of app.addresses) expect(await tcp(web, address, 7890)).toBe("timeout");
});

it("both ends must allow: without an outbound rule on its own node the packet does not leave", async () => {
  await lab.endpoint(web, ["WEB"]);
  await lab.profile("WEB", { tags: ["APP_7890"], rules: { inbound_rules: [], outbound_rules: [] } });
  await lab.settle();
  for (const address of app.addresses) expect(await tcp(web, address, 7890)).toBe("timeout");
});
