import { describe, expect, it } from "vitest";
import { parsePolicyTests, runPolicyTests } from "#analysis/question/policy-test.ts";
import { snapshotOf } from "#testing/ask-state.ts";
import reachCases from "#testing/conformance/reach.json" with { type: "json" };

const GIVEN = {
  profiles: {
    WEB: {
      tags: ["WEB"],
      rules: { inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [80] }], outbound_rules: [] },
    },
  },
  endpoints: { w: { host: "h1", state: "active", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.1/32"], ipv6_nets: [] } },
};
const PROBE = { src: { ip: "192.0.2.9" }, dst: { endpoint: "w" }, ip_version: 4, protocol: "tcp", dst_port: 80 };
const TEST = { id: "a", title: "web is open", given: GIVEN, probe: PROBE, expect: "allow" };

describe("policy tests", () => {
  it(`R6 ${reachCases.length} of ${reachCases.length} conformance cases pass as policy tests`, () => {
    const { passed, failed, results } = runPolicyTests(reachCases);
    expect(results.filter((result) => !result.passed)).toEqual([]);
    expect([passed, failed]).toEqual([reachCases.length, 0]);
  });

  it("R6 a failing test names the deciding side and the rule that came closest", () => {
    const { results } = runPolicyTests([{ ...TEST, probe: { ...PROBE, dst_port: 81 } }]);
    expect(results).toEqual([
      {
        id: "a",
        title: "web is open",
        verdict: "deny",
        expect: "allow",
        passed: false,
        explanation:
          "inbound: deny, no rule matches; nearest is WEB inbound 1: allow tcp to ports 80, but dst_ports wants 80, found 81",
      },
    ]);
  });

  it("R6 a test without a state of its own is asked of the fallback", () => {
    const { given: _given, ...bare } = TEST;
    expect(runPolicyTests([bare], snapshotOf(GIVEN)).passed).toBe(1);
    expect(runPolicyTests([bare]).results[0]).toMatchObject({
      verdict: "error",
      explanation: "there is no state to ask",
    });
  });

  it.each([
    ["no object", 7, "a test is an object, not a number"],
    ["no expectation", { ...TEST, expect: "maybe" }, 'expect must be "allow" or "deny"'],
    ["a probe that is none", { ...TEST, probe: { ...PROBE, dst_port: "80" } }, "probe.dst_port: "],
    ["a state with an unknown section", { ...TEST, given: { ...GIVEN, endpoint: {} } }, "given.endpoint: "],
  ])("R6 %s fails with the reason and never throws", (_what, test, explanation) => {
    const { results, failed } = runPolicyTests([test]);
    expect(failed).toBe(1);
    expect(results[0]?.verdict).toBe("error");
    expect(results[0]?.explanation.startsWith(explanation), results[0]?.explanation).toBe(true);
  });

  it("R6 a test without an id goes by its place in the file", () => {
    const { id: _id, ...unnamed } = TEST;
    expect(runPolicyTests([TEST, unnamed]).results.map(({ id }) => id)).toEqual(["a", "#2"]);
  });

  it("R6 a file that is no list of tests is refused", () => {
    expect(parsePolicyTests("[]")).toEqual({ ok: true, value: [] });
    for (const text of ["", "{", "{}", "null", `${"[".repeat(100_000)}`]) expect(parsePolicyTests(text).ok).toBe(false);
  });
});
