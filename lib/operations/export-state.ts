import type { Deps } from "#operations/deps.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { formatStateFile } from "#policy/state-file/format-state-file.ts";

/** The whole policy state as the text of one state file, invalid values included. */
export async function exportState(deps: Deps): Promise<string> {
  return formatStateFile(await loadSnapshot(deps));
}
