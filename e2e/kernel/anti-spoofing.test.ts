import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type Lab, PATIENT_MS, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";
import { run } from "../support/run.ts";

/** A workload that lies about its address or its MAC gets nowhere, whatever its profile allows. */
let lab: Lab;
let liar: Workload;
let friend: Workload;
let target: Workload;
let stranger: Workload;

const OPEN = { inbound_rules: [{ action: "allow" }], outbound_rules: [{ action: "allow" }] };
const FRIENDS = { inbound_rules: [{ action: "allow", src_tag: "FRIEND" }], outbound_rules: [{ action: "allow" }] };

beforeAll(async () => {
  lab = await startLab();
  liar = await lab.network.workload({ node: "n1", name: "liar", addresses: ["10.65.0.2", "fd65::2"] });
  friend = await lab.network.workload({ node: "n1", name: "friend", addresses: ["10.65.0.3", "fd65::3"] });
  target = await lab.network.workload({ node: "n1", name: "target", addresses: ["10.65.0.4", "fd65::4"] });
  stranger = await lab.network.workload({ node: "n1", name: "stranger", addresses: ["10.65.0.5", "fd65::5"] });
  await target.process.listen("tcp", 80);
  await stranger.process.listen("tcp", 80);
  await lab.network.node("n1").process.listen("udp", 53);
  lab.startAgent("n1");
  await lab.profile("OPEN", { tags: [], rules: OPEN });
  await lab.profile("FRIEND", { tags: ["FRIEND"], rules: OPEN });
  await lab.profile("TARGET", { tags: [], rules: FRIENDS });
  await lab.endpoint(liar, ["OPEN"]);
  await lab.endpoint(friend, ["FRIEND"]);
  await lab.endpoint(target, ["TARGET"]);
  await lab.settle();
});

afterAll(() => lab?.close());

async function lie(...commands: readonly string[][]): Promise<void> {
  for (const command of commands) await run(["ip", "-n", liar.namespace, ...command]);
}

describe("spoofed source addresses", () => {
  it.each([
    ["10.65.0.3/32", "10.65.0.3", "10.65.0.4"],
    ["fd65::3/128", "fd65::3", "fd65::4"],
  ])("%s of a friend borrows nothing of the friend's tag", async (address, from, to) => {
    expect(await patientTcp(friend, to, 80)).toBe("open");
    await lie(["addr", "add", address, "dev", "eth0", ...(address.includes(":") ? ["nodad"] : [])]);
    expect(await liar.process.tcp({ to, port: 80, from })).toBe("timeout");
  });

  it.each([
    ["10.65.0.99/32", "10.65.0.99"],
    ["fd65::99/128", "fd65::99"],
  ])("%s of nobody does not leave the wire, its own does", async (address, from) => {
    const { outside } = lab.network;
    const to = outside.addresses[address.includes(":") ? 1 : 0] ?? "";
    await outside.process.listen("tcp", address.includes(":") ? 8086 : 8084);
    const port = address.includes(":") ? 8086 : 8084;
    await lie(["addr", "add", address, "dev", "eth0", ...(address.includes(":") ? ["nodad"] : [])]);
    await run([
      "ip",
      "-n",
      outside.namespace,
      "route",
      "add",
      address,
      "via",
      lab.network.node("n1").addresses[address.includes(":") ? 1 : 0] ?? "",
    ]);
    expect(await liar.process.tcp({ to, port, from })).toBe("timeout");
    expect(
      await liar.process.tcp({
        to,
        port,
        from: liar.addresses[address.includes(":") ? 1 : 0] ?? "",
        timeoutMs: PATIENT_MS,
      }),
    ).toBe("open");
  });

  it("the drop is counted in the raw table, before any connection is looked at", async () => {
    const raw = await lab.inNode("n1", ["iptables-nft-save", "-c", "-t", "raw"]);
    expect(raw).toMatch(
      /\[[1-9]\d*:\d+\] -A tortie-PREROUTING -i cali\+ .*spoofed source.*--invert -j DROP|\[[1-9]\d*:\d+\] -A tortie-PREROUTING .*spoofed source.*-j DROP/,
    );
  });
});

describe("source MACs", () => {
  it("another MAC than the endpoint's is dropped, over both families, and its own passes again", async () => {
    const { outside } = lab.network;
    await outside.process.listen("tcp", 9000);
    await lie(["link", "set", "eth0", "address", "02:00:00:00:66:66"]);
    await run(["ip", "-n", lab.network.namespace("n1"), "neigh", "flush", "all"]);
    expect(await tcp(liar, outside.addresses[0] ?? "", 9000)).toBe("timeout");
    expect(await tcp(liar, outside.addresses[1] ?? "", 9000)).toBe("timeout");
    await lab.endpoint(liar, ["OPEN"], { mac: "02:00:00:00:66:66" });
    await lab.settle();
    expect(await patientTcp(liar, outside.addresses[0] ?? "", 9000)).toBe("open");
    expect(await patientTcp(liar, outside.addresses[1] ?? "", 9000)).toBe("open");
  });

  it("an endpoint whose data have no MAC is not asked for one", async () => {
    const { mac: _, ...withoutMac } = { mac: undefined };
    await lab.keys.put("/calico/v1/host/n1/workload/test/liar/endpoint/liar", {
      ...withoutMac,
      state: "active",
      name: liar.interfaceName,
      profile_ids: ["OPEN"],
      ipv4_nets: ["10.65.0.2/32"],
      ipv6_nets: ["fd65::2/128"],
    });
    await lie(["link", "set", "eth0", "address", "02:00:00:00:77:77"]);
    await run(["ip", "-n", lab.network.namespace("n1"), "neigh", "flush", "all"]);
    await lab.settle();
    expect(await patientTcp(liar, lab.network.outside.addresses[0] ?? "", 9000)).toBe("open");
  });
});

describe("interfaces without a known endpoint", () => {
  it("pass nothing in either direction, but their host's DNS", async () => {
    const node = lab.network.node("n1");
    expect(await tcp(stranger, lab.network.outside.addresses[0] ?? "", 9000)).toBe("timeout");
    expect(await tcp(lab.network.outside, "10.65.0.5", 80)).toBe("timeout");
    expect(await tcp(friend, "fd65::5", 80)).toBe("timeout");
    expect(await eventually(() => stranger.process.udp({ to: node.addresses[0] ?? "", port: 53 }), "open")).toBe(
      "open",
    );
  });
});
