import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import estate from "#testing/estate-12.json" with { type: "json" };

const ESTATE = { "estate.json": JSON.stringify(estate) };

/** Runs lines one after the other on one store and answers what each printed. */
async function type(deps: MemoryDeps, lines: readonly string[]): Promise<readonly string[]> {
  const printed: string[] = [];
  for (const line of lines) {
    const { exitCode, stdout, stderr } = await runInMemory(words(line), { deps, files: ESTATE });
    printed.push(exitCode === 0 ? stdout + stderr : `exit ${exitCode}: ${stdout}${stderr}`);
  }
  return printed;
}

const RULES_KEY = "/calico/v1/policy/profile/WEB/rules";
const TAGS_KEY = "/calico/v1/policy/profile/WEB/tags";
const put = (deps: MemoryDeps, key: string, text: string) =>
  deps.memory.kv.transact({ compares: [], puts: [{ key, text }], deletes: [] });

describe("classic commands", () => {
  it("C5 say `already so` where the classic tool did, and change nothing", async () => {
    const deps = memoryDeps();
    await type(deps, ["profile add WEB"]);
    const before = await deps.revision();
    expect(
      await type(deps, [
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
    await type(deps, lines);
    expect(await type(deps, ["profile WEB tag show"])).toEqual(["Z\nA\n"]);
  });

  it("print rules as JSON that `rule update` takes back, then an empty line", async () => {
    const deps = memoryDeps();
    await type(deps, ["profile add WEB"]);
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
    expect(await type(deps, ["profile show"])).toEqual(["+------+\n| Name |\n+------+\n| WEB  |\n+------+\n"]);
  });

  it("refuse to edit what is stored invalid, and replace it as a whole", async () => {
    const deps = memoryDeps();
    put(deps, RULES_KEY, "nonsense");
    put(deps, TAGS_KEY, '["ok","not ok"]');
    const [added, tagged] = await type(deps, ["profile WEB rule add inbound allow", "profile WEB tag add X"]);
    expect(added).toMatch(/^exit 1: .*invalid/);
    expect(tagged).toMatch(/^exit 1: .*invalid/);
    const stdin = '{"inbound_rules":[],"outbound_rules":[{"action":"allow"}]}';
    expect(await runInMemory(words("profile WEB rule update"), { deps, stdin })).toMatchObject({ exitCode: 0 });
    expect(await type(deps, ["profile WEB rule show"])).toEqual(["Inbound rules:\nOutbound rules:\n   1 allow\n"]);
  });

  it("remove a profile in use only with --no-check", async () => {
    const deps = memoryDeps();
    expect(
      await type(deps, [
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
    const printed = await type(deps, [
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
    const [added] = await type(memoryDeps(), [
      "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
    ]);
    expect(added).toBe(
      "Created endpoint h1/manual/w/w\nProfile WEB does not exist: what reaches it is dropped until it does.\n",
    );
  });
});

describe("state files", () => {
  it("C3 answer every reading command instead of etcd", async () => {
    const deps = memoryDeps();
    const lines = [
      "profile show --state estate.json",
      "profile WEB rule show --state=estate.json",
      "endpoint show --state estate.json",
      "node show --state estate.json",
      "graph --state estate.json --from=WEB --to=APP",
      "check --state estate.json --from=profile:WEB --to=profile:APP --dst-port=7890",
    ];
    const printed = await type(deps, lines);
    expect(printed[0]).toContain("|   WEB   |");
    expect(printed[1]).toContain("Inbound rules:\n   1 allow");
    expect(printed[4]).toContain("WEB -> APP: tcp 7890; icmp type 8\n");
    expect(printed[5]).toMatch(/^allow: profile:WEB to profile:APP, IPv4 tcp to port 7890\n/);
    for (const text of printed) expect(text).not.toMatch(/^exit/);
  });

  it("C6 go in with import and come out with export; a second import changes nothing", async () => {
    const deps = memoryDeps();
    const [dryRun, first, second, exported] = await type(deps, [
      "import estate.json --dry-run",
      "import estate.json",
      "import estate.json",
      "export",
    ]);
    expect(dryRun).toMatch(/profile WEB: new\n[\s\S]*objects would change; nothing was written\.\n$/);
    expect(first).toMatch(/Imported \d+ objects in one transaction\.\n$/);
    expect(second).toBe("Everything is already as the file says; nothing was written.\n");
    const again = await runInMemory(["import", "-", "--json"], { deps, stdin: exported ?? "" });
    expect(JSON.parse(again.stdout)).toEqual({ changes: [], written: false });
  });

  it("are refused by import when one value in them is invalid, each problem at its place", async () => {
    const deps = memoryDeps();
    const text = [
      '{"profiles": {',
      '  "WEB": {"tags": ["bad tag"], "rules": {"inbound_rules": [{"port": 80}], "outbound_rules": []}},',
      '  "APP": {"tags": [], "rules": {"inbound_rules": []}}',
      "}}",
    ].join("\n");
    const ran = await runInMemory(["import", "bad.json"], { deps, files: { "bad.json": text } });
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    const places = ran.stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(places).toEqual(["bad.json:2:20", "bad.json:2:61", "bad.json:3:32"]);
    expect(await deps.revision()).toBe(await memoryDeps().revision());
  });

  it("may describe a broken cluster for reading", async () => {
    const files = { "broken.json": '{"profiles":{"WEB":{"tags":["WEB"],"rules":{"inbound_rules":[{"frob":1}]}}}}' };
    const line = "check --state broken.json --from=world --to=profile:WEB --dst-port=80 --json";
    const ran = await runInMemory(words(line), { deps: memoryDeps(), files });
    expect(JSON.parse(ran.stdout)).toMatchObject({ verdict: "deny", receiver: { reason: "profile-invalid" } });
    expect(ran.exitCode).toBe(1);
  });

  it("differ in rules and in pairs", async () => {
    const after = structuredClone(estate);
    after.profiles.WEB.tags = after.profiles.WEB.tags.filter((tag) => tag !== "APP_7890");
    const files = { ...ESTATE, "after.json": JSON.stringify(after) };
    const ran = await runInMemory(words("diff estate.json after.json"), { deps: memoryDeps(), files });
    expect(ran.stdout).toBe("profile WEB: changed\n  Remove tag APP_7890\ncloses WEB -> APP: tcp 7890\n");
    const same = await runInMemory(words("diff estate.json estate.json"), { deps: memoryDeps(), files });
    expect(same).toEqual({ exitCode: 0, stdout: "No difference.\n", stderr: "" });
  });
});

describe("nodes", () => {
  it("are shown with what their agents enforce, reject and lag behind", async () => {
    const deps = memoryDeps();
    await type(deps, ["profile add WEB", "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1"]);
    const status = { version: "0.1.0", backend: "nft", inSync: true, endpoints: {}, startedAt: "" } as const;
    const rejected = [{ key: "/calico/v1/policy/profile/BAD/rules", reason: "not JSON" }];
    await deps.statuses.writeStatus({ ...status, host: "h2", appliedRevision: 1, rejected }, 90);
    const ran = await runInMemory(words("node show"), { deps });
    expect(ran.stdout).toMatch(/\|\s+h1\s+\|\s+\|\s+1\s+\| none\s.*no agent reports \|/);
    expect(ran.stdout).toMatch(/\|\s+h2\s+\|\s+\|\s+0\s+\| 0\.1\.0 \|\s+nft\s+\|\s+1\s+\|\s+behind \d+\s+\|/);
    expect(ran.stderr).toBe("Node h2 rejects /calico/v1/policy/profile/BAD/rules: not JSON\n");
  });
});

describe("colour", () => {
  it("is for terminals, and the word is there without it", async () => {
    const line = words("check --from=world --to=profile:WEB --state estate.json");
    const world = { deps: memoryDeps(), files: ESTATE };
    expect((await runInMemory(line, world)).stdout).toMatch(/^deny: /);
    expect((await runInMemory(line, { ...world, isColoured: true })).stdout).toContain(
      "\u001b[31mdeny\u001b[0m: world",
    );
  });
});

describe("the graph", () => {
  it("comes as a table for spreadsheets", async () => {
    const line = words("graph --state estate.json --from=WEB --to=APP --format=csv");
    const { stdout } = await runInMemory(line, { deps: memoryDeps(), files: ESTATE });
    expect(stdout.split("\r\n")).toEqual([
      "from,to,state,connections",
      "WEB,APP,allowed,tcp 7890; icmp type 8",
      "WEB,APP,receiver stops,all except tcp 7890; icmp type 8",
      "",
    ]);
  });
});

describe("--json", () => {
  it.each([
    "profile show",
    "profile show --detailed",
    "profile add NEW",
    "profile add WEB",
    "profile remove APP",
    "profile remove NOPE",
    "profile WEB tag show",
    "profile WEB tag add X",
    "profile WEB tag remove WEB",
    "profile WEB rule show",
    "profile WEB rule json",
    "profile WEB rule update",
    "profile WEB rule add inbound allow tcp",
    "profile WEB rule remove inbound --at=1",
    "endpoint show",
    "endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.1",
    "endpoint w profile show",
    "endpoint w profile append APP",
    "endpoint w profile set",
    "endpoint remove w",
    "node show",
    "check --from=world --to=WEB",
    "graph",
    "graph --format=dot",
    "diff @live estate.json",
    "test tests.json",
    "validate --kind=profile_tags estate.json",
    "export",
    "import estate.json --dry-run",
    "render --host=h1",
    "frob",
    "--version",
    "--help",
  ])("prints one JSON document and nothing else: %s", async (line) => {
    const deps = memoryDeps();
    await type(deps, [
      "profile add WEB",
      "profile add APP",
      "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
    ]);
    const ran = await runInMemory([...words(line), "--json"], { deps, files: { ...ESTATE, "tests.json": "[]" } });
    expect(typeof JSON.parse(ran.stdout)).toBe("object");
  });
});
