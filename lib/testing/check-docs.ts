import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readmeWithWalkthrough } from "./readme-walkthrough.ts";

/**
 * Keeps the documents true: links resolve, files they name exist, and every spec rule (`**P12**`, `**E3**` in a
 * layer's document) is cited by at least one test while every cited id exists.
 */
const FOLDERS = ["app", "components", "e2e", "lib", "public"];
// Not asked of git: a machine that only got the sources has none.
const files = [
  ...readdirSync("."),
  ...FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  ),
].sort();
const documents = files.filter((file) => file.endsWith(".md"));
const tests = files.filter((file) => /[.](test|spec)[.]tsx?$/.test(file));
const problems: string[] = [];

const DEFINED = /^\s*(?:[-*|]\s*)?\*\*([A-Z]\d+)\*\*/gm;
const CITED = /["'`]([A-Z]\d+)[ :,]/g;
const LINK = /\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
const NAMED_PATH = /`((?:app|components|lib|e2e|public|\.ci)\/[\w@()[\]./-]+)`/g;

function captures(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

const defined = new Set<string>();
for (const file of documents) {
  const text = readFileSync(file, "utf8");
  for (const target of captures(text, LINK)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (!existsSync(join(dirname(file), target))) problems.push(`${file}: link to ${target} leads nowhere`);
  }
  for (const path of captures(text, NAMED_PATH)) {
    if (!existsSync(path)) problems.push(`${file}: names ${path}, which does not exist`);
  }
  if (file.startsWith("lib/")) for (const id of captures(text, DEFINED)) defined.add(id);
}

const cited = new Set(tests.flatMap((file) => captures(readFileSync(file, "utf8"), CITED)));
const prefixes = new Set([...defined].map((id) => id.slice(0, 1)));
for (const id of [...defined].sort()) if (!cited.has(id)) problems.push(`spec rule ${id} is cited by no test`);
for (const id of [...cited].sort()) {
  if (prefixes.has(id.slice(0, 1)) && !defined.has(id)) problems.push(`a test cites ${id}, which no document defines`);
}

const readme = readFileSync("README.md", "utf8");
if (readmeWithWalkthrough(readme) !== readme) {
  problems.push("README.md: the walkthrough differs from the tested transcript; run `npm run golden:update`");
}

for (const problem of problems) console.error(problem);
console.log(`docs: ${documents.length} documents, ${defined.size} spec rules, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
