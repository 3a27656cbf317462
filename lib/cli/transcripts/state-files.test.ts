import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { ESTATE, typeLines } from "#cli/testing/type-lines.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import estate from "#testing/estate-12.json" with { type: "json" };

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
    const printed = await typeLines(deps, lines);
    expect(printed[0]).toContain("|   WEB   |");
    expect(printed[1]).toContain("Inbound rules:\n   1 allow");
    expect(printed[4]).toContain("WEB -> APP: tcp 7890; icmp type 8\n");
    expect(printed[5]).toMatch(/^allow: profile:WEB to profile:APP, IPv4 tcp to port 7890\n/);
    for (const text of printed) expect(text).not.toMatch(/^exit/);
  });

  it("C6 go in with import and come out with export; a second import changes nothing", async () => {
    const deps = memoryDeps();
    const [dryRun, first, second, exported] = await typeLines(deps, [
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

  it("say in a dry run what they open and close", async () => {
    const deps = memoryDeps();
    await typeLines(deps, ["import estate.json"]);
    const files = { "less.json": '{"profiles":{"WEB":{"tags":["WEB"]}}}' };
    const ran = await runInMemory(["import", "less.json", "--dry-run"], { deps, files });
    expect(ran.stdout).toBe(
      [
        "profile WEB:",
        "  Remove tag APP_7890",
        "closes WEB -> APP: tcp 7890",
        "1 object would change; nothing was written.",
        "",
      ].join("\n"),
    );
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
