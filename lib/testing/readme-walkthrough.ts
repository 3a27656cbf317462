import { readFileSync } from "node:fs";

const START = "<!-- walkthrough: e2e/cli/seed-walkthrough.txt -->";
const END = "<!-- /walkthrough -->";

/** The README as it must be: its walkthrough is the transcript that a test runs, so it cannot lie. */
export function readmeWithWalkthrough(readme: string): string {
  const transcript = readFileSync("e2e/cli/seed-walkthrough.txt", "utf8").trimEnd();
  const block = transcript.split("\n").map((line) => `    ${line}`.trimEnd());
  const before = readme.slice(0, readme.indexOf(START) + START.length);
  const after = readme.slice(readme.indexOf(END));
  return [before, "", ...block, "", after].join("\n");
}
