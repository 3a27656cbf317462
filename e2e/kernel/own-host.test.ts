import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, PATIENT_MS, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Machine, Workload } from "../support/netns.ts";

/** Between an endpoint and the machine it runs on. */
let lab: Lab;
let node: Machine;
let work: Workload;

const OUT = { inbound_rules: [], outbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [22] }] };

beforeAll(async () => {
  lab = await startLab();
  node = lab.network.node("n1");
  work = await lab.network.workload({ node: "n1", name: "work", addresses: ["10.65.0.2", "fd65::2"] });
  for (const port of [22, 23, 53]) await node.process.listen("tcp", port);
  for (const port of [53, 54, 67, 547]) await node.process.listen("udp", port);
  await work.process.listen("tcp", 80);
  lab.startAgent("n1");
  await lab.profile("OUT", { tags: [], rules: OUT });
  await lab.endpoint(work, ["OUT"]);
  await lab.settle();
});

afterAll(() => lab?.close());

const to = (index: number) => node.addresses[index] ?? "";

async function setAction(action: string | undefined): Promise<void> {
  const key = "/calico/v1/config/DefaultEndpointToHostAction";
  if (action === undefined) await lab.keys.remove(key);
  else await lab.keys.put(key, action);
  await lab.settle();
}

describe.each([
  ["IPv4", 0],
  ["IPv6", 1],
] as const)("%s, endpoint to its own host", (_, family) => {
  it("is dropped by default, without asking policy", async () => {
    await setAction(undefined);
    expect(await tcp(work, to(family), 22)).toBe("timeout");
  });

  it("DNS over udp and DHCP pass all the same, DNS over tcp and other ports do not", async () => {
    const dhcp = family === 0 ? { fromPort: 68, port: 67 } : { fromPort: 546, port: 547 };
    expect(await work.process.udp({ to: to(family), port: 53, timeoutMs: PATIENT_MS })).toBe("open");
    expect(await work.process.udp({ to: to(family), ...dhcp, timeoutMs: PATIENT_MS })).toBe("open");
    expect(await work.process.udp({ to: to(family), port: 54 })).toBe("timeout");
    expect(await work.process.udp({ to: to(family), port: dhcp.port })).toBe("timeout");
    expect(await tcp(work, to(family), 53)).toBe("timeout");
  });

  it("is judged by outbound policy where the host says RETURN, and the host's own rules follow", async () => {
    await setAction("RETURN");
    expect(await patientTcp(work, to(family), 22)).toBe("open");
    expect(await tcp(work, to(family), 23)).toBe("timeout");
    const program = family === 0 ? "iptables" : "ip6tables";
    await lab.inNode("n1", [program, "-A", "INPUT", "-p", "tcp", "--dport", "22", "-j", "DROP"]);
    expect(await tcp(work, to(family), 22)).toBe("timeout");
  });

  it("is final where the host says ACCEPT", async () => {
    await setAction("ACCEPT");
    expect(await patientTcp(work, to(family), 22)).toBe("open");
    expect(await tcp(work, to(family), 23)).toBe("timeout");
  });

  it("the host reaches its endpoint whatever policy says, even an inactive one", async () => {
    const address = work.addresses[family] ?? "";
    expect(await patientTcp(node, address, 80)).toBe("open");
    await lab.endpoint(work, ["OUT"], { state: "inactive" });
    await lab.settle();
    expect(await patientTcp(node, address, 80)).toBe("open");
    await lab.endpoint(work, ["OUT"]);
    await lab.settle();
  });
});
