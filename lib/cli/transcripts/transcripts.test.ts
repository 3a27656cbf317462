import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { typeLines } from "#cli/testing/type-lines.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";

const RULES_KEY = "/calico/v1/policy/profile/WEB/rules";
const TAGS_KEY = "/calico/v1/policy/profile/WEB/tags";
const put = (deps: MemoryDeps, key: string, text: string) =>
  deps.memory.kv.transact({ compares: [], puts: [{ key, text }], deletes: [] });

describe("classic commands", () => {
  it("C5 say `already so` where the classic tool did, and change nothing", async () => {
    const deps = memoryDeps();
    await typeLines(deps, ["profile add WEB"]);
    const before = await deps.revision();
    expect(
      await typeLines(deps, [
        "profile add WEB",
        "profile WEB tag add WEB",
        "profile WEB rule add inbound --at=1 allow from tag WEB",
        "profile WEB rule add outbound allow",
      ]),
    ).toEqual([
      "Profile WEB already exists.\n",
      "Tag WEB added to profile WEB\n",
      "Rule already present, skipping.\n",
      "Rule already present, skipping.\n",
    ]);
    expect(await deps.revision()).toBe(before);
  });

  it("keep tags in the order in which they were added", async () => {
    const deps = memoryDeps();
    const lines = ["profile add WEB", "profile WEB tag add Z", "profile WEB tag add A", "profile WEB tag remove WEB"];
    await typeLines(deps, lines);
    expect(await typeLines(deps, ["profile WEB tag show"])).toEqual(["Z\nA\n"]);
  });

  it("print rules as JSON that `rule update` takes back, then an empty line", async () => {
    const deps = memoryDeps();
    await typeLines(deps, ["profile add WEB"]);
    const json = await runInMemory(words("profile WEB rule json"), { deps });
    expect(json.stdout).toMatch(/^\{\n {2}"id": "WEB",\n[\s\S]*\n\}\n\n$/);
    const before = await deps.revision();
    const updated = await runInMemory(words("profile WEB rule update"), { deps, stdin: json.stdout });
    expect(updated).toEqual({ exitCode: 0, stdout: "Successfully updated rules on profile WEB\n", stderr: "" });
    expect(await deps.revision()).toBe(before);
  });

  it("C7 show what others stored though it is invalid, with the reason on standard error", async () => {
    const deps = memoryDeps();
    put(deps, RULES_KEY, '{"inbound_rules":[{"action":"allow","frob":1},7],"outbound_rules":[{"dst_ports":["80"]}]}');
    const ran = await runInMemory(words("profile WEB rule show"), { deps });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/^Inbound rules:\n {3}1 allow.*\n {3}2 .*\nOutbound rules:\n {3}1 .*80.*\n$/);
    expect(ran.stderr).toContain("frob");
    expect(await typeLines(deps, ["profile show"])).toEqual(["+------+\n| Name |\n+------+\n| WEB  |\n+------+\n"]);
  });

  it("refuse to edit what is stored invalid, and replace it as a whole", async () => {
    const deps = memoryDeps();
    put(deps, RULES_KEY, "nonsense");
    put(deps, TAGS_KEY, '["ok","not ok"]');
    const [added, tagged] = await typeLines(deps, ["profile WEB rule add inbound allow", "profile WEB tag add X"]);
    expect(added).toMatch(/^exit 1: .*invalid/);
    expect(tagged).toMatch(/^exit 1: .*invalid/);
    const stdin = '{"inbound_rules":[],"outbound_rules":[{"action":"allow"}]}';
    expect(await runInMemory(words("profile WEB rule update"), { deps, stdin })).toMatchObject({ exitCode: 0 });
    expect(await typeLines(deps, ["profile WEB rule show"])).toEqual(["Inbound rules:\nOutbound rules:\n   1 allow\n"]);
  });

  it("remove a profile in use only with --no-check", async () => {
    const deps = memoryDeps();
    expect(
      await typeLines(deps, [
        "profile add WEB",
        "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
        "profile remove WEB",
        "profile remove WEB --no-check",
        "profile remove WEB",
      ]),
    ).toEqual([
      "Created profile WEB\n",
      "Created endpoint h1/manual/w/w\n",
      "exit 1: Cannot remove profile - profile in use by endpoint(s).\n" +
        "Use the '--no-check' flag to remove the profile anyway.\n",
      "Deleted profile WEB\n",
      "exit 1: Profile WEB not found.\n",
    ]);
  });

  it("write the note and the name into the journal", async () => {
    const deps = memoryDeps();
    await runInMemory(["profile", "add", "WEB", "--note=ticket 7", "--as", "ada"], { deps });
    await runInMemory(["profile", "add", "APP"], { deps });
    const { entries } = deps.memory.kv.readPrefix("/tortie/v1/journal/");
    const noted = entries.map(({ value }) => JSON.parse(value)).map(({ who, note }) => ({ who, note }));
    expect(noted).toEqual([{ who: "ada", note: "ticket 7" }, { who: "tester" }]);
  });
});

describe("endpoints", () => {
  it("are shown in the classic table, their profiles in the order of evaluation", async () => {
    const deps = memoryDeps();
    const printed = await typeLines(deps, [
      "profile add WEB",
      "profile add APP",
      "endpoint add w --host=h1 --interface=cali0 --mac=EE:EE:EE:EE:EE:01 --ip=10.0.0.1 --ip=fd00::1 --profile=WEB",
      "endpoint w profile append APP",
      "endpoint w profile append APP",
      "endpoint w profile set WEB APP",
      "endpoint w profile show",
      "endpoint show",
      "endpoint show --host=h2",
      "endpoint w profile remove WEB",
      "endpoint w profile set",
      "endpoint show --detailed",
    ]);
    expect(printed.slice(3)).toEqual([
      "Profile(s) APP appended to endpoint w\n",
      "Profile APP is already in endpoint profile list\n",
      "Profile(s) WEB, APP set on endpoint w\n",
      "+------+\n| Name |\n+------+\n| WEB  |\n| APP  |\n+------+\n",
      [
        "+----------+-----------------+-------------+-------------+----------+--------+",
        "| Hostname | Orchestrator ID | Workload ID | Endpoint ID | Profiles | State  |",
        "+----------+-----------------+-------------+-------------+----------+--------+",
        "|    h1    |     manual      |      w      |      w      | WEB,APP  | active |",
        "+----------+-----------------+-------------+-------------+----------+--------+",
        "",
      ].join("\n"),
      [
        "+----------+-----------------+-------------+-------------+----------+-------+",
        "| Hostname | Orchestrator ID | Workload ID | Endpoint ID | Profiles | State |",
        "+----------+-----------------+-------------+-------------+----------+-------+",
        "",
      ].join("\n"),
      "Profile(s) WEB removed from endpoint w\n",
      "No profile set on endpoint w\n",
      expect.stringContaining("|   cali0   | ee:ee:ee:ee:ee:01 | 10.0.0.1,fd00::1 |"),
    ]);
  });

  it("may name profiles that do not exist yet, with a warning", async () => {
    const [added] = await typeLines(memoryDeps(), [
      "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
    ]);
    expect(added).toBe(
      "Created endpoint h1/manual/w/w\nProfile WEB does not exist: what reaches it is dropped until it does.\n",
    );
  });
});

describe("nodes", () => {
  it("are shown with what their agents enforce, reject and lag behind", async () => {
    const deps = memoryDeps();
    await typeLines(deps, ["profile add WEB", "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1"]);
    const status = { version: "0.1.0", backend: "nft", inSync: true, endpoints: {}, startedAt: "" } as const;
    const rejected = [{ key: "/calico/v1/policy/profile/BAD/rules", reason: "not JSON" }];
    await deps.statuses.writeStatus({ ...status, host: "h2", appliedRevision: 1, rejected }, 90);
    const ran = await runInMemory(words("node show"), { deps });
    expect(ran.stdout).toMatch(/\|\s+h1\s+\|\s+\|\s+1\s+\| none\s.*no agent reports \|/);
    expect(ran.stdout).toMatch(/\|\s+h2\s+\|\s+\|\s+0\s+\| 0\.1\.0 \|\s+nft\s+\|\s+1\s+\|\s+behind \d+\s+\|/);
    expect(ran.stderr).toBe("Node h2 rejects /calico/v1/policy/profile/BAD/rules: not JSON\n");
  });
});
