import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type Lab, PATIENT_MS, patientTcp, pause, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

/** Start, end, death and absence of the agent and of etcd: nothing that was allowed is cut, nothing is opened. */
let lab: Lab;
let web: Workload;
let app: Workload;

const rules = (port: number) => ({
  inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [port], src_tag: "WEB" }],
  outbound_rules: [{ action: "allow" }],
});

beforeAll(async () => {
  lab = await startLab();
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  for (const port of [80, 81, 82]) await app.process.listen("tcp", port);
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } });
  await lab.profile("APP", { tags: ["APP"], rules: rules(80) });
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
});

afterAll(() => lab?.close());

const reach = (port: number) => tcp(web, "10.65.0.3", port);
const patiently = (port: number) => patientTcp(web, "10.65.0.3", port);

describe("the agent's life", () => {
  it("before it has seen a snapshot it closes, and opens nothing", async () => {
    expect(await patiently(81)).toBe("open");
    lab.etcd.freeze();
    const agent = lab.startAgent("n1");
    expect(await eventually(() => reach(81), "timeout")).toBe("timeout");
    expect(await reach(80)).toBe("timeout");
    lab.etcd.thaw();
    await lab.settle();
    expect(await patiently(80)).toBe("open");
    expect(await reach(81)).toBe("timeout");
    await agent.stop();
  });

  it("after a clean end the kernel goes on enforcing, and flows live through the next start", async () => {
    expect(await web.process.hold("flow", { to: "10.65.0.3", port: 80, timeoutMs: PATIENT_MS })).toBe("open");
    expect(await reach(81)).toBe("timeout");
    expect(await patiently(80)).toBe("open");
    const agent = lab.startAgent("n1");
    await lab.settle();
    expect(await web.process.say("flow", PATIENT_MS)).toBe("open");
    await agent.stop();
  });

  it("a start while etcd is away cuts nothing of what an earlier run programmed", async () => {
    lab.etcd.freeze();
    const agent = lab.startAgent("n1");
    await pause(3_000);
    expect(await patiently(80)).toBe("open");
    expect(await reach(81)).toBe("timeout");
    lab.etcd.thaw();
    await lab.settle();
    await agent.stop();
  });

  it("what changed while it was down is enforced at the next start", async () => {
    await lab.profile("APP", { tags: ["APP"], rules: rules(82) });
    expect(await patiently(80)).toBe("open");
    const agent = lab.startAgent("n1");
    await lab.settle();
    expect(await reach(80)).toBe("timeout");
    expect(await patiently(82)).toBe("open");
    expect(await web.process.say("flow", PATIENT_MS)).toBe("open");
    await agent.stop();
    await lab.profile("APP", { tags: ["APP"], rules: rules(80) });
  });

  it("kill -9 at any moment loses no allowed connection and lets no denied one by", async () => {
    const seeds = [13, 250, 420, 90, 700, 310, 1_100, 5];
    lab.startAgent("n1");
    await lab.settle();
    const prober = startProber();
    for (const [round, ms] of seeds.entries()) {
      const agent = lab.startAgent("n1");
      // Every round changes rules and members, so that there is something to be killed in.
      await lab.profile("APP", {
        tags: round % 2 ? ["APP"] : ["APP", "WEB"],
        rules: round % 2 ? rules(80) : extended(),
      });
      await pause(ms);
      await agent.kill();
    }
    const { allowed, denied } = await prober.stop();
    lab.startAgent("n1");
    await lab.settle();
    expect(denied.filter((outcome) => outcome !== "timeout")).toEqual([]);
    expect(allowed.filter((outcome) => outcome !== "open")).toEqual([]);
    expect([allowed.length > 20, denied.length > 20]).toEqual([true, true]);
    expect(await web.process.say("flow", PATIENT_MS)).toBe("open");
  });
});

function extended() {
  return { ...rules(80), inbound_rules: [{ action: "deny", src_net: "192.0.2.0/24" }, ...rules(80).inbound_rules] };
}

/** Tries an allowed and a denied connection again and again. */
function startProber() {
  let isOver = false;
  const repeat = async (attempt: () => Promise<string>) => {
    const outcomes: string[] = [];
    while (!isOver) {
      outcomes.push(await attempt());
      await pause(20);
    }
    return outcomes;
  };
  const denied = () => web.process.tcp({ to: "10.65.0.3", port: 81, timeoutMs: 300 });
  const running = Promise.all([repeat(() => patiently(80)), ...Array.from({ length: 4 }, () => repeat(denied))]);
  return {
    async stop() {
      isOver = true;
      const [allowed, ...denied] = await running;
      return { allowed, denied: denied.flat() };
    },
  };
}
