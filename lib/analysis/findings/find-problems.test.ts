import { describe, expect, it } from "vitest";
import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems } from "#analysis/findings/find-problems.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { applyScopedEdits } from "#analysis/impact/scoped-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { askState, snapshotOf } from "#testing/ask-state.ts";

type Json = Readonly<Record<string, unknown>>;

const ENDPOINT = { host: "h1", state: "active", ipv4_nets: ["10.65.0.2"], ipv6_nets: [] };

/** One profile P, held by an endpoint, that asks for the tag it holds. */
function stateOf(inbound: readonly Json[], others: { readonly profiles?: Json; readonly endpoints?: Json } = {}): Json {
  const P = { tags: ["P"], rules: { inbound_rules: inbound, outbound_rules: [{ action: "allow", dst_tag: "P" }] } };
  return {
    profiles: { P, ...others.profiles },
    endpoints: { e: { ...ENDPOINT, profile_ids: ["P"] }, ...others.endpoints },
  };
}

const told = (state: Json) => findProblems(snapshotOf(state)).map(describeFinding);
const fromP = { action: "allow", src_tag: "P" };

describe("findings about rules", () => {
  it.each<[string, readonly Json[], readonly string[]]>([
    [
      "a rule behind a wider one",
      [
        { ...fromP, protocol: "tcp" },
        { ...fromP, protocol: "tcp", dst_ports: [80] },
      ],
      ["P inbound 2 (allow tcp from tag P to ports 80): never matches, rule 1 takes all of its packets"],
    ],
    [
      "a rule that two others share",
      [
        { ...fromP, protocol: "tcp", dst_ports: ["0:99"] },
        { action: "deny", protocol: "tcp", dst_ports: ["100:65535"] },
        { ...fromP, protocol: "tcp" },
      ],
      ["P inbound 3 (allow tcp from tag P): never matches, rules 1, 2 take all of its packets"],
    ],
    [
      "a rule that a later one makes needless",
      [{ ...fromP, protocol: "tcp", dst_ports: [80] }, fromP],
      ["P inbound 1 (allow tcp from tag P to ports 80): changes nothing; without it rule 2 decides the same"],
    ],
    [
      "a rule whose parts exclude each other",
      [{ ...fromP, src_net: "10.0.0.0/8", dst_net: "fd00::/8" }],
      ["P inbound 1 (allow from tag P cidr 10.0.0.0/8 to cidr fd00::/8): never matches, its parts exclude each other"],
    ],
    [
      "a tag and its own negation",
      [{ ...fromP, "!src_tag": "P" }],
      ["P inbound 1 (allow from tag P not tag P): never matches, its parts exclude each other"],
    ],
    [
      "ICMP type 255",
      [{ ...fromP, protocol: "icmp", icmp_type: 255 }],
      ["P inbound 1 (allow icmp type 255 from tag P): never matches, no packet has ICMP type 255"],
    ],
    [
      "a rule that lets anyone in",
      [{ action: "allow", protocol: "tcp", dst_ports: [443] }],
      ["P inbound 1 (allow tcp to ports 443): lets anyone in with tcp 443"],
    ],
    ["a rule without action", [{ src_tag: "P" }], ["P inbound 1 (allow from tag P): has no action, which allows"]],
    [
      "a tag one slip away from one that is held",
      [{ action: "allow", src_tag: "P_" }],
      ["P inbound 1 (allow from tag P_): asks for tag P_, which nobody holds; P is held"],
    ],
    [
      "a tag that nobody holds",
      [{ action: "allow", src_tag: "GHOST" }],
      ["tag GHOST: nobody holds it; asked for by P inbound 1"],
    ],
    ["nothing", [fromP], []],
    ["a log line before an equal allow, which is no finding", [{ ...fromP, action: "log" }, fromP], []],
    ["a deny at the end, which a later profile would feel", [fromP, { action: "deny" }], []],
  ])("R12 %s", (_what, inbound, lines) => {
    expect(told(stateOf(inbound))).toEqual(lines);
  });

  it("R12 the witness of an open rule is a policy test that passes", () => {
    const state = stateOf([{ action: "allow", protocol: "udp", dst_ports: ["5000:5010"], ip_version: 6 }]);
    const [finding] = findProblems(snapshotOf(state));
    if (finding?.kind !== "open-to-world") throw new Error("not found");
    expect(finding.witness).toMatchObject({ ip_version: 6, protocol: "udp", dst_port: 5000 });
    expect(askState(state, finding.witness).receiver.decidedBy).toMatchObject({ kind: "rule", position: 1 });
  });

  it("R12 a fix that is called neutral leaves no finding of its kind behind", () => {
    const state = stateOf([
      { ...fromP, protocol: "tcp" },
      { ...fromP, protocol: "tcp", dst_ports: [80] },
      { src_tag: "P" },
    ]);
    let snapshot = snapshotOf(state);
    let fixed = 0;
    for (let next = nextFix(findProblems(snapshot)); next !== undefined; next = nextFix(findProblems(snapshot))) {
      const after = applyScopedEdits(snapshot, next.edits);
      if (!after.ok) throw new Error(JSON.stringify(after.error));
      snapshot = after.value;
      fixed += 1;
    }
    expect(fixed).toBe(3);
    expect(findProblems(snapshot)).toEqual([]);
  });
});

function nextFix(findings: readonly Finding[]) {
  return findings.find(({ fix }) => fix?.isNeutral)?.fix;
}

describe("findings about profiles and endpoints", () => {
  const Q = { tags: [], rules: { inbound_rules: [fromP], outbound_rules: [] } };

  it("R12 a deny that ends a list hides the profiles after it, and says on which endpoints", () => {
    const state = stateOf([fromP, { action: "deny" }], {
      profiles: { Q },
      endpoints: { f: { ...ENDPOINT, ipv4_nets: ["10.65.0.3"], profile_ids: ["P", "Q"] } },
    });
    expect(told(state)).toEqual([
      "P inbound 2 (deny): denies all that is left, so Q is never asked on endpoint h1/manual/f/f",
    ]);
  });

  it("R12 names profiles that are missing, invalid or unused, tags nobody asks for, and invalid values", () => {
    const state = stateOf([fromP], {
      profiles: {
        BAD: { tags: ["IDLE"], rules: { inbound_rules: [{ action: "permit" }], outbound_rules: [] } },
        SPARE: { tags: ["bad tag"], rules: { inbound_rules: [], outbound_rules: [] } },
      },
      endpoints: {
        f: { ...ENDPOINT, ipv4_nets: ["10.65.0.3"], profile_ids: ["BAD", "GONE"] },
        g: { ...ENDPOINT, ipv4_nets: ["10.65.0.4"], profile_ids: ["GONE"], invalid: true },
        h: { ...ENDPOINT, ipv4_nets: ["10.65.1.0/24"], profile_ids: ["P"] },
      },
    });
    expect(told(state)).toEqual([
      expect.stringMatching(/^endpoint h1\/manual\/g\/g: is invalid and counts as missing: state: /),
      "BAD: its rules are invalid, which drops everything on endpoint h1/manual/f/f",
      expect.stringMatching(/^BAD: its rules are invalid and count as missing: inbound_rules\[0\]\.action: /),
      "GONE: has no rules, which drops everything on endpoint h1/manual/f/f",
      expect.stringMatching(/^SPARE: its tags are invalid and count as missing: /),
      "endpoint h1/manual/h/h: 10.65.1.0/24 stands for 10.65.1.0 only",
      "tag IDLE: no rule asks for it; held by BAD",
      "SPARE: no endpoint has this profile",
    ]);
    const ofSpare = findProblems(snapshotOf(state), new Set(["SPARE" as ProfileId])).map(({ kind }) => kind);
    expect(ofSpare).toEqual(["profile-invalid", "profile-unused"]);
  });
});
