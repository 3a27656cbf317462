import { describe, expect, it } from "vitest";
import { runInMemory } from "#cli/testing/run-in-memory.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import cases from "#testing/conformance/rule_text.json" with { type: "json" };

type Case = {
  readonly id: string;
  readonly title: string;
  readonly before: { readonly profile: string; readonly inbound_rules: unknown; readonly outbound_rules: unknown };
  readonly commands: readonly { readonly argv: readonly string[]; readonly stdin?: string }[];
  readonly recommended: {
    readonly inbound_rules?: unknown;
    readonly error?: boolean;
    readonly ok?: boolean;
    readonly stdout?: string;
    readonly note?: string;
  };
};

const RULES_KEY = "/calico/v1/policy/profile/P/rules";
const TAGS_KEY = "/calico/v1/policy/profile/P/tags";

function store({ inbound_rules, outbound_rules }: Case["before"]): MemoryDeps {
  const deps = memoryDeps();
  deps.memory.kv.transact({
    compares: [],
    puts: [
      { key: RULES_KEY, text: JSON.stringify({ inbound_rules, outbound_rules }) },
      { key: TAGS_KEY, text: '["P"]' },
    ],
    deletes: [],
  });
  return deps;
}

describe("conformance: rule_text.json, through the command line", () => {
  it.each(cases as readonly Case[])("$id $title", async ({ before, commands, recommended }) => {
    const deps = store(before);
    const revision = await deps.revision();
    const ran = [];
    for (const { argv, stdin } of commands) {
      ran.push(await runInMemory(argv, { deps, ...(stdin === undefined ? {} : { stdin }) }));
    }
    const last = ran.at(-1);
    if (recommended.error === true) {
      expect(last).toMatchObject({ exitCode: expect.toSatisfy((code) => code === 1 || code === 2), stdout: "" });
      expect(last?.stderr).not.toBe("");
      expect(await deps.revision()).toBe(revision);
      return;
    }
    expect(ran.map(({ exitCode }) => exitCode)).toEqual(commands.map(() => 0));
    if (recommended.stdout !== undefined) expect(last?.stdout).toBe(recommended.stdout);
    if (recommended.inbound_rules !== undefined) {
      const { inbound_rules } = JSON.parse(deps.memory.kv.read(RULES_KEY)?.text ?? "{}");
      expect(inbound_rules).toEqual(recommended.inbound_rules);
    }
  });
});
