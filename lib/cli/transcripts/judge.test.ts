import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { ESTATE } from "#cli/testing/type-lines.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";

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

describe("lint", () => {
  const OPEN = {
    inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [443] }, { action: "allow" }],
    outbound_rules: [],
  };
  const files = { ...ESTATE, "open.json": JSON.stringify({ profiles: { WEB: { tags: [], rules: OPEN } } }) };

  it("says each finding in a line with its fix, and exits 1", async () => {
    const ran = await runInMemory(words("lint --state open.json"), { deps: memoryDeps(), files });
    expect(ran).toEqual({
      exitCode: 1,
      stderr: "",
      stdout: `warning: WEB inbound 1 (allow tcp to ports 443): changes nothing; without it rule 2 decides the same
  fix: Remove inbound 1 (WEB)
notice: WEB: no endpoint has this profile
notice: WEB inbound 1 (allow tcp to ports 443): lets anyone in with tcp 443
notice: WEB inbound 2 (allow): lets anyone in with all except tcp 443
4 found
`,
    });
  });

  it("looks at the named profiles only, and knows which there are", async () => {
    const one = await runInMemory(words("lint CI --state estate.json"), { deps: memoryDeps(), files });
    expect(one.stdout).toBe("notice: tag CI: no rule asks for it; held by CI\n  fix: Remove tag CI (CI)\n1 found\n");
    const none = await runInMemory(words("lint BATCH --state estate.json"), { deps: memoryDeps(), files });
    expect(none).toEqual({ exitCode: 0, stdout: "Nothing found.\n", stderr: "" });
    const unknown = await runInMemory(words("lint CI NOPE --state estate.json"), { deps: memoryDeps(), files });
    expect(unknown).toEqual({ exitCode: 1, stdout: "", stderr: "Profile NOPE not found.\n" });
  });
});

describe("graph --format=svg and --deployed", () => {
  it("are two more ways to look at the same answer", async () => {
    const svg = await runInMemory(words("graph --state estate.json --format=svg"), {
      deps: memoryDeps(),
      files: ESTATE,
    });
    expect(svg.stdout).toMatch(/^<svg xmlns=[\s\S]*<\/svg>\n$/);
    const line = words("graph --state estate.json --deployed --from=WEB --to=APP");
    const { stdout } = await runInMemory(line, { deps: memoryDeps(), files: ESTATE });
    expect(stdout).toContain("[WEB] -> [APP]: tcp 7890; icmp type 8\n");
  });
});
