import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { runCalicoctl } from "./support/run-calicoctl.ts";

describe("calicoctl on a real etcd", () => {
  let etcd: TestEtcd;
  const run = (line: string, options: { readonly stdin?: string; readonly env?: Record<string, string> } = {}) =>
    runCalicoctl(line.split(" "), { endpoint: etcd.endpoint, ...options });

  beforeAll(async () => {
    etcd = await startEtcd({ maxTxnOps: 128, maxRequestBytes: 1_572_864 });
  });
  afterAll(() => etcd.stop());

  it("loses no rule of eight editors at once", async () => {
    await run("profile add RACE");
    const ports = [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008];
    const added = await Promise.all(
      ports.map((port) => run(`profile RACE rule add inbound allow tcp to ports ${port}`)),
    );
    expect(added.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(ports.map(() => [0, ""]));
    const shown = await run("profile RACE rule show");
    for (const port of ports) expect(shown.stdout).toContain(`allow tcp to ports ${port}`);
  });

  it("says so, and writes nothing, when a profile is in use", async () => {
    await run("profile add USED");
    await run("endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=USED");
    expect(await run("profile remove USED")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Cannot remove profile - profile in use by endpoint(s).\n" +
        "Use the '--no-check' flag to remove the profile anyway.\n",
    });
    expect((await run("profile USED tag show")).stdout).toBe("USED\n");
    expect(await run("profile remove USED --no-check")).toMatchObject({
      exitCode: 0,
      stdout: "Deleted profile USED\n",
    });
  });

  it("reads an earlier revision, and says when there is none", async () => {
    const { revision } = JSON.parse((await run("profile add OLD --json")).stdout);
    await run("profile OLD tag add NEW");
    const diff = await run(`diff @${revision} @live`);
    expect(diff.stdout).toContain("profile OLD: changed\n  Add tag NEW\n");
    expect(await run("diff @live @999999999")).toMatchObject({ exitCode: 1, stdout: "" });
  });

  it("brings back with import what export wrote, on another etcd", async () => {
    const other = await startEtcd();
    try {
      const exported = await run("export");
      const imported = await runCalicoctl(["import", "-"], { endpoint: other.endpoint, stdin: exported.stdout });
      expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
      expect((await runCalicoctl(["export"], { endpoint: other.endpoint })).stdout).toBe(exported.stdout);
    } finally {
      await other.stop();
    }
  });

  it("refuses an import that one transaction cannot hold, with the figures and the options that raise them", async () => {
    const profiles = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `P${index}`,
        { tags: [`P${index}`], rules: { inbound_rules: [], outbound_rules: [] } },
      ]),
    );
    const before = await run("export");
    const refused = await run("import -", { stdin: JSON.stringify({ profiles }) });
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toMatch(/\b128\b.*--max-txn-ops.*--max-request-bytes/s);
    expect((await run("export")).stdout).toBe(before.stdout);
  });

  it("answers 6 when nobody listens", async () => {
    const ran = await runCalicoctl(["profile", "show"], { endpoint: "http://127.0.0.1:9" });
    expect(ran).toMatchObject({ exitCode: 6, stdout: "" });
    expect(ran.stderr).toContain("127.0.0.1:9");
  });

  it("takes a unix socket", async () => {
    const ran = await runCalicoctl(["profile", "show"], { endpoint: etcd.socketEndpoint });
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("writes no colour into a pipe", async () => {
    expect((await run("check --from=world --to=RACE --dst-port=1001")).stdout).not.toContain("\u001b");
  });
});
