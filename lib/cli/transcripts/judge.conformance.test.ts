import { describe, expect, it } from "vitest";
import { runInMemory } from "#cli/testing/run-in-memory.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import reach from "#testing/conformance/reach.json" with { type: "json" };
import values from "#testing/conformance/validate.json" with { type: "json" };

describe("conformance: reach.json, through `calicoctl test`", () => {
  it("passes every case in one run", async () => {
    const files = { "reach.json": JSON.stringify(reach) };
    const ran = await runInMemory(["test", "reach.json", "--json"], { deps: memoryDeps(), files });
    const report = JSON.parse(ran.stdout);
    expect(report.results.filter(({ passed }: { passed: boolean }) => !passed)).toEqual([]);
    expect(report).toMatchObject({ passed: reach.length, failed: 0 });
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it.each(reach)("notices when $id is expected the other way round", async (test) => {
    const turned = { ...test, expect: test.expect === "allow" ? "deny" : "allow" };
    const files = { "turned.json": JSON.stringify([turned]) };
    const ran = await runInMemory(["test", "turned.json"], { deps: memoryDeps(), files });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toMatch(/^FAIL reach-.*\n0 passed, 1 failed\n$/);
  });
});

describe("conformance: validate.json, through `calicoctl validate`", () => {
  it.each(values)("$id $title: $expect", async ({ key_kind, value, expect: expected }) => {
    const world = { deps: memoryDeps(), stdin: JSON.stringify(value) };
    const ran = await runInMemory(["validate", `--kind=${key_kind}`, "-"], world);
    const isValid = expected === "valid";
    expect(ran.exitCode).toBe(isValid ? 0 : 1);
    expect(ran.stdout).toBe(isValid ? "<stdin>: valid\n" : "");
    expect(ran.stderr).toMatch(isValid ? /^$/ : /^<stdin>:\d+:\d+ \S/);
  });
});
