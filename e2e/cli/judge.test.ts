import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { runCalicoctl } from "./support/run-calicoctl.ts";

describe("the judge on a real etcd", () => {
  let etcd: TestEtcd;
  const run = (line: string) => runCalicoctl(line.split(" "), { endpoint: etcd.endpoint });

  beforeAll(async () => {
    etcd = await startEtcd();
    await run("profile add WEB");
    await run("profile add APP");
    await run("profile APP rule add inbound allow tcp from tag APP_7890 to ports 7890");
  });
  afterAll(() => etcd.stop());

  it("proposes the tag, names its effect, and after the edit says what it opened", async () => {
    const denied = await run("check --from=profile:WEB --to=profile:APP --dst-port=7890");
    expect(denied.exitCode).toBe(1);
    expect(denied.stdout).toContain("opens with: Add tag APP_7890 (WEB) [opens 1, closes 0 pairs]\n");
    const { revision } = JSON.parse((await run("profile WEB tag add APP_7890 --json")).stdout);
    expect((await run("check --from=profile:WEB --to=profile:APP --dst-port=7890")).exitCode).toBe(0);
    const diff = await run(`diff @${revision - 1} @live`);
    expect(diff.stdout).toBe("profile WEB: changed\n  Add tag APP_7890\nopens  WEB -> APP: tcp 7890\n");
  });

  it("lints what is stored and draws the lists in use", async () => {
    await run("endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB --profile=GONE");
    const lint = await run("lint --json");
    expect(lint.exitCode).toBe(1);
    const kinds = JSON.parse(lint.stdout).findings.map(({ kind }: { readonly kind: string }) => kind);
    expect(kinds).toEqual(["endpoint-profile-missing", "profile-unused"]);
    expect((await run("graph --deployed --format=dot")).stdout).toContain('"[WEB, GONE]"');
    expect((await run("graph --format=svg")).stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });
});
