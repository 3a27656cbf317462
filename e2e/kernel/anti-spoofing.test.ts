import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
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

/** Something the liar does to its own interface. */
async function lie(...argv: readonly string[]): Promise<void> {
  await run(["ip", "-n", liar.namespace, ...argv]);
}

/** Speaks from an address that is not the liar's; it is gone again afterwards. */
async function tcpFrom(from: string, to: string, port: number): Promise<string> {
  const net = from.includes(":") ? [`${from}/128`, "dev", "eth0", "nodad"] : [`${from}/32`, "dev", "eth0"];
  await lie("addr", "add", ...net);
  try {
    return await liar.process.tcp({ to, port, from });
  } finally {
    await lie("addr", "del", ...net.slice(0, 3));
  }
}

describe("spoofed source addresses", () => {
  it.each([
    ["10.65.0.3", "10.65.0.4"],
    ["fd65::3", "fd65::4"],
  ])("%s of a friend borrows nothing of the friend's tag", async (from, to) => {
    expect(await patientTcp(friend, to, 80)).toBe("open");
    expect(await tcpFrom(from, to, 80)).toBe("timeout");
  });

  it.each([
    ["10.65.0.99", 0],
    ["fd65::99", 1],
  ])("%s of nobody does not leave the wire, its own address does", async (from, family) => {
    const { outside } = lab.network;
    const port = 8080 + family;
    const router = lab.network.node("n1").addresses[family] ?? "";
    await outside.process.listen("tcp", port);
    // The answer would find its way, so that only the filter can be the reason.
    await run(["ip", "-n", outside.namespace, "route", "add", from, "via", router]);
    expect(await patientTcp(liar, outside.addresses[family] ?? "", port)).toBe("open");
    expect(await tcpFrom(from, outside.addresses[family] ?? "", port)).toBe("timeout");
  });

  it("the drop is counted in the raw table, before any connection is looked at", async () => {
    const raw = await lab.inNode("n1", ["iptables-nft-save", "-c", "-t", "raw"]);
    expect(raw).toMatch(/^\[[1-9]\d*:\d+\] -A tortie-PREROUTING .*spoofed source.* -j DROP$/m);
  });
});

describe("source MACs", () => {
  it("another MAC than the endpoint's is dropped, over both families, and its own passes again", async () => {
    const { outside } = lab.network;
    await outside.process.listen("tcp", 9000);
    await lie("link", "set", "eth0", "address", "02:00:00:00:66:66");
    await run(["ip", "-n", lab.network.namespace("n1"), "neigh", "flush", "all"]);
    expect(await tcp(liar, outside.addresses[0] ?? "", 9000)).toBe("timeout");
    expect(await tcp(liar, outside.addresses[1] ?? "", 9000)).toBe("timeout");
    await lab.endpoint(liar, ["OPEN"], { mac: "02:00:00:00:66:66" });
    await lab.settle();
    expect(await patientTcp(liar, outside.addresses[0] ?? "", 9000)).toBe("open");
    expect(await patientTcp(liar, outside.addresses[1] ?? "", 9000)).toBe("open");
  });

  it("an endpoint whose data have no MAC is not asked for one", async () => {
    await lab.keys.put("/calico/v1/host/n1/workload/test/liar/endpoint/liar", {
      state: "active",
      name: liar.interfaceName,
      profile_ids: ["OPEN"],
      ipv4_nets: ["10.65.0.2/32"],
      ipv6_nets: ["fd65::2/128"],
    });
    await lie("link", "set", "eth0", "address", "02:00:00:00:77:77");
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
