import { parseSavedSets } from "#dataplane/actual/parse-saved-sets.ts";
import { parseSavedTables } from "#dataplane/actual/parse-saved-tables.ts";
import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";
import type { RunCommand } from "#dataplane/apply/run-command.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import type { Family } from "#policy/rule.ts";

/** Reads back what the kernel has of ours: hashes, set names and members, nothing more. Throws CommandFailedError. */
export async function readKernel(
  run: RunCommand,
  tools: KernelTools,
  families: readonly Family[],
): Promise<KernelState> {
  const [sets, ...tables] = await Promise.all([
    run(tools.saveSets),
    ...families.map(async (family) => [family, parseSavedTables(await run(tools.saveTables(family)))] as const),
  ]);
  return { sets: parseSavedSets(sets), families: new Map(tables) };
}
