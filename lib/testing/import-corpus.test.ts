import { describe, expect, it } from "vitest";
import { runInMemory } from "#cli/testing/run-in-memory.ts";
import { createProfile } from "#operations/create-profile.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseImportJson } from "#policy/json/parse-import-json.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { type CorpusFile, readImportCorpus } from "#testing/read-import-corpus.ts";

const corpus = readImportCorpus();

/** What board and server say: they ask the same parser. */
function boardSays(text: string): readonly string[] {
  return parseImportJson(text).issues.map((issue) => `${issue.at?.line}:${issue.at?.column} ${describeIssue(issue)}`);
}

/** What the command line says, by the door that takes such a file: `rule update`, or `import` for a state. */
async function commandSays(text: string): Promise<readonly string[]> {
  const { shape, id } = parseImportJson(text);
  const deps = memoryDeps();
  const profileId = parseProfileId(id ?? "APP");
  if (!profileId.ok) throw new Error("the parser only gives legal ids");
  await createProfile(deps, { who: "tester" }, { profileId: profileId.value });
  const ran =
    shape === "state"
      ? await runInMemory(["import", "f", "--dry-run"], { deps: memoryDeps(), files: { f: text } })
      : await runInMemory(["profile", profileId.value, "rule", "update"], { deps, stdin: text });
  expect(ran.exitCode === 0).toBe(ran.stderr === "");
  return ran.stderr.split("\n").flatMap((line) => /^(?:<stdin>|f):(?<said>.*)$/.exec(line)?.groups?.said ?? []);
}

describe("the corpus of files", () => {
  it("has at least sixty, each bad one with its problems", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    for (const { name, isGood, expected } of corpus) expect([name, expected.length === 0]).toEqual([name, isGood]);
  });

  it.each(corpus)("$name: every problem, by line and column", ({ text, expected }) => {
    expect(boardSays(text)).toEqual(expected);
  });

  it.each(corpus.filter(isForOneDoor))("$name: the command line says the same", async ({ text, expected }) => {
    expect(await commandSays(text)).toEqual(expected);
  });

  it.each(corpus.filter(isList))("$name: the command line takes its entries alike", async ({ text, isGood }) => {
    const entries = JSON.parse(text) as readonly unknown[];
    const said = await Promise.all(entries.map((entry) => commandSays(JSON.stringify(entry))));
    expect(entries.length > 0 && said.every((lines) => lines.length === 0)).toBe(isGood);
  });
});

/** A list is the board's own: the command line takes one profile, or a state. */
function isForOneDoor({ text }: CorpusFile): boolean {
  return parseImportJson(text).shape !== "list";
}

function isList({ text }: CorpusFile): boolean {
  return parseImportJson(text).shape === "list";
}
