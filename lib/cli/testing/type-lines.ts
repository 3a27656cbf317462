import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import type { MemoryDeps } from "#operations/testing/memory-deps.ts";
import estate from "#testing/estate-12.json" with { type: "json" };

/** The example estate as a file. */
export const ESTATE: Readonly<Record<string, string>> = { "estate.json": JSON.stringify(estate) };

/** Runs lines one after the other on one store and answers what each printed. */
export async function typeLines(deps: MemoryDeps, lines: readonly string[]): Promise<readonly string[]> {
  const printed: string[] = [];
  for (const line of lines) {
    const { exitCode, stdout, stderr } = await runInMemory(words(line), { deps, files: ESTATE });
    printed.push(exitCode === 0 ? stdout + stderr : `exit ${exitCode}: ${stdout}${stderr}`);
  }
  return printed;
}
