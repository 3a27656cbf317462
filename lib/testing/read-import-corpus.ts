import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One file of the corpus; `expected` are its problems as `LINE:COLUMN message`, none for a good one. */
export type CorpusFile = {
  readonly name: string;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly isGood: boolean;
  readonly expected: readonly string[];
};

const folder = fileURLToPath(new URL("import-corpus/", import.meta.url));

/** Every file an import may meet, good ones first, with what is to be said of it (problems.txt). */
export function readImportCorpus(): readonly CorpusFile[] {
  const problems = readProblems();
  return ["good", "bad"].flatMap((verdict) =>
    readdirSync(`${folder}${verdict}`)
      .sort()
      .map((name) => {
        const bytes = readFileSync(`${folder}${verdict}/${name}`);
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        return { name, text, bytes, isGood: verdict === "good", expected: problems.get(name) ?? [] };
      }),
  );
}

/** A file's name on a line of its own, then its problems, indented. */
function readProblems(): ReadonlyMap<string, readonly string[]> {
  const problems = new Map<string, string[]>();
  let name = "";
  for (const line of readFileSync(`${folder}problems.txt`, "utf8").split("\n")) {
    if (line.startsWith("  ")) problems.get(name)?.push(line.slice(2));
    else if (line !== "") {
      name = line;
      problems.set(name, []);
    }
  }
  return problems;
}
