import { describe, expect, it } from "vitest";
import { type Ran, runInMemory } from "#cli/testing/run-in-memory.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";

/** Reads a state in every command that judges one. */
async function judge(text: string): Promise<readonly Ran[]> {
  const files = {
    "state.json": text,
    "tests.json": '[{"probe":{"src":{"ip":"10.0.0.1"},"dst":{"profile":"A"}},"expect":"deny"}]',
  };
  const lines = [
    ["lint", "--state", "state.json"],
    ["check", "--state", "state.json", "--from=world", "--to=10.0.0.9"],
    ["test", "tests.json", "--state", "state.json"],
    ["graph", "--state", "state.json", "--from=world"],
  ];
  const ran: Ran[] = [];
  for (const line of lines) ran.push(await runInMemory(line, { deps: memoryDeps(), files }));
  return ran;
}

const rule = (fields: object) => ({ action: "allow", ...fields });
const profile = (inbound: readonly object[]) => ({
  profiles: { A: { tags: [], rules: { inbound_rules: inbound, outbound_rules: [] } } },
});

describe("a state file that is", () => {
  it.each<[string, string, RegExp]>([
    ["cut off", '{"profiles":{"WEB":{"tags":["WEB"],"rules":{"inb', /^state\.json: Not JSON: /],
    ["empty", "", /^state\.json: Not JSON: /],
    ["nested without end", "[".repeat(1_000_000), /^state\.json: Nested deeper than 100 levels\.$/m],
    [
      "nested without end in objects",
      '{"profiles":'.repeat(200_000),
      /^state\.json: Nested deeper than 100 levels\.$/m,
    ],
    ["no object", "[]", /^state\.json: Expected a state object, found a list\.$/m],
  ])("R14 %s is refused by every command with one clear line", async (_what, text, message) => {
    for (const { exitCode, stdout, stderr } of await judge(text)) {
      expect([exitCode, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(message);
    }
  });

  it("R14 naming a key twice is read as its last one says, with a warning at its place; import refuses it", async () => {
    const text = '{"profiles": {"A": {"tags": ["X"],\n "tags": []}}}';
    for (const { exitCode, stderr } of await judge(text)) {
      expect(exitCode).toBeLessThan(2);
      expect(stderr).toMatch(/^state\.json:2:2 .*tags/m);
    }
    const imported = await runInMemory(["import", "-"], { deps: memoryDeps(), stdin: text });
    expect(imported).toMatchObject({ exitCode: 1, stdout: "" });
    expect(imported.stderr).toMatch(/^<stdin>:2:2 .*tags/);
  });

  it("R14 full of names that objects have of themselves is a state like any other", async () => {
    const names = ["constructor", "toString", "__proto__", "hasOwnProperty"];
    const text = `{"profiles": {${names.map((name) => `"${name}": {"tags": ["${name}"], "rules": {"inbound_rules": [{"action":"allow","src_tag":"${name}"}], "outbound_rules": []}}`).join(",")}}}`;
    for (const { exitCode, stderr } of await judge(text)) {
      expect(stderr).toBe("");
      expect(exitCode).toBeLessThan(2);
    }
  });

  it("R14 full of rules that differ in everything is judged as far as the bound allows, which is said", async () => {
    const inbound = Array.from({ length: 4_000 }, (_, index) =>
      rule({
        protocol: "tcp",
        dst_ports: [(index * 7919) % 65_536],
        src_tag: `T${index % 997}`,
        dst_net: `10.${index % 256}.0.0/16`,
      }),
    );
    const [lint] = await judge(JSON.stringify(profile(inbound)));
    expect(lint?.exitCode).toBe(1);
    expect(lint?.stdout).toContain("notice: A inbound: too many different rules to judge within 2000000 steps");
  });
});
