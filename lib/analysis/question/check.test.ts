import { describe, expect, it } from "vitest";
import { answerCheck, type CheckAnswer, type CheckQuestion } from "#analysis/question/check.ts";
import { describePlaceProblem } from "#analysis/question/describe-place-problem.ts";
import { parsePlace } from "#analysis/question/parse-place.ts";
import { snapshotOf } from "#testing/ask-state.ts";

const WEB = {
  tags: ["WEB"],
  rules: {
    inbound_rules: [
      { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
      { action: "allow", protocol: "icmp", icmp_type: 8 },
    ],
    outbound_rules: [{ action: "allow" }],
  },
};
const APP = {
  tags: ["APP"],
  rules: {
    inbound_rules: [
      { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
      { action: "allow", protocol: "tcp", dst_ports: [22], src_net: "10.40.0.0/16" },
      { action: "deny", protocol: "tcp", dst_ports: [22], src_net: "10.0.0.0/8" },
    ],
    outbound_rules: [{ action: "allow", dst_net: "10.0.0.0/8" }],
  },
};
const ENDPOINT = { state: "active", ipv4_nets: ["10.65.0.2"], ipv6_nets: [] };
const STATE = {
  hosts: { h1: { ip: "172.16.0.1" } },
  profiles: { WEB, APP },
  endpoints: {
    web1: { ...ENDPOINT, host: "h1", profile_ids: ["WEB"] },
    "h1/o/a/eth0": { ...ENDPOINT, profile_ids: ["APP"], ipv4_nets: ["10.65.0.3"] },
    "h2/o/b/eth0": { ...ENDPOINT, profile_ids: ["APP"], ipv4_nets: [], ipv6_nets: ["fd00::4"] },
  },
};
const snapshot = snapshotOf(STATE);

function ask(from: string, to: string, header: Partial<CheckQuestion> = {}): CheckAnswer {
  const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
  if (!src.ok || !dst.ok) throw new Error(JSON.stringify([src, dst]));
  return answerCheck(snapshot, { from: src.value, to: dst.value, protocol: 6, ...header });
}

describe("a place", () => {
  it.each([
    ["endpoint:web1", { kind: "endpoint", name: "h1/manual/web1/web1" }],
    ["web1", { kind: "endpoint", name: "h1/manual/web1/web1" }],
    ["h1/o/a/eth0", { kind: "endpoint", name: "h1/o/a/eth0" }],
    ["profile:WEB", { kind: "profile", id: "WEB" }],
    ["WEB", { kind: "profile", id: "WEB" }],
    ["host:h2", { kind: "host", name: "h2" }],
    ["world", { kind: "world" }],
    ["10.65.0.2", { kind: "address", address: "10.65.0.2" }],
    ["FD00::4", { kind: "address", address: "fd00::4" }],
    ["10.1.2.3/32", { kind: "address", address: "10.1.2.3" }],
  ])("R7 %s is found", (text, place) => {
    expect(parsePlace(text, snapshot)).toEqual({ ok: true, value: place });
  });

  it("R7 a network is masked", () => {
    const place = parsePlace("10.40.3.4/16", snapshot);
    expect(place.ok && place.value.kind === "cidr" && place.value.cidr.text).toBe("10.40.0.0/16");
  });

  it.each([
    ["", "a place is missing: endpoint:NAME, profile:ID, host:NAME, world, an address or a CIDR"],
    ["endpoint:nobody", "there is no endpoint nobody"],
    ["eth0", "several endpoints are named eth0; say which: endpoint:h1/o/a/eth0, endpoint:h2/o/b/eth0"],
    ["profile:GONE", "there is no profile GONE"],
    ["host:h9", "there is no host h9"],
    ["nobody", "nobody is no endpoint, profile, address or CIDR"],
    ["10.0.0.0/33", "10.0.0.0/33 is no endpoint, profile, address or CIDR"],
  ])("R7 %j is refused in words", (text, words) => {
    const place = parsePlace(text, snapshot);
    expect(!place.ok && describePlaceProblem(place.error)).toBe(words);
  });
});

describe("check", () => {
  it("R7 an allowed packet names the rule of each side that has one", () => {
    const { verdict, sender, receiver } = ask("world", "web1", { dstPort: 443 });
    expect(verdict).toBe("allow");
    expect(sender).toMatchObject({ verdict: "allow", reason: "not-policed" });
    expect(receiver).toMatchObject({
      profile: "WEB",
      direction: "inbound",
      position: 1,
      rule: "allow tcp to ports 80,443",
    });
  });

  it("R7 a denied packet names the rule that came closest and what it lacked", () => {
    const { receiver } = ask("web1", "h1/o/a/eth0", { dstPort: 7890 });
    expect(receiver).toMatchObject({
      verdict: "deny",
      reason: "no-rule-matched",
      nearest: {
        profile: "APP",
        position: 1,
        rule: "allow tcp from tag APP_7890 to ports 7890",
        because: ["src_tag wants APP_7890, found 10.65.0.2"],
      },
    });
  });

  it("R7 icmp without a type is a ping, in either family", () => {
    expect(ask("world", "WEB", { protocol: 1 }).receiver).toMatchObject({ position: 2 });
    expect(ask("world", "WEB", { protocol: 58, ipVersion: 6 }).verdict).toBe("deny");
  });

  it("R7 the family is the only one an end has", () => {
    expect(ask("WEB", "h2/o/b/eth0", { dstPort: 7890 }).ip_version).toBe(6);
    expect(ask("WEB", "web1").ip_version).toBe(4);
    expect(ask("fd00::9", "WEB").ip_version).toBe(6);
  });

  it("R7 an answer about a profile names the networks it depends on", () => {
    const { verdict, depends_on: dependsOn } = ask("WEB", "APP", { dstPort: 22 });
    expect([verdict, dependsOn]).toEqual(["deny", [{ from: "10.40.0.0/16", verdict: "allow" }]]);
    expect(ask("WEB", "APP", { dstPort: 7890 }).depends_on).toBeUndefined();
  });

  it("R7 it tries the addresses of both ends together", () => {
    expect(ask("APP", "APP", { dstPort: 22 }).depends_on).toEqual([
      { from: "10.40.0.0/16", to: "10.0.0.0/8", verdict: "allow" },
      { from: "10.40.0.0/16", to: "10.40.0.0/16", verdict: "allow" },
    ]);
  });

  it("R7 a network is asked about outside of the narrower ones inside it, which are named where they differ", () => {
    expect(ask("10.0.0.0/8", "APP", { dstPort: 22 })).toMatchObject({
      verdict: "deny",
      depends_on: [{ from: "10.40.0.0/16", verdict: "allow" }],
    });
    expect(ask("10.40.0.0/16", "APP", { dstPort: 22 }).verdict).toBe("allow");
    expect(ask("10.40.7.0/24", "APP", { dstPort: 22 }).verdict).toBe("allow");
    expect(ask("10.40.0.0/15", "APP", { dstPort: 22 })).toMatchObject({
      verdict: "deny",
      receiver: { position: 3 },
      depends_on: [{ from: "10.40.0.0/16", verdict: "allow" }],
    });
  });
});
