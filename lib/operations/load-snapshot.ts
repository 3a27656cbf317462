import type { Deps } from "#operations/deps.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";

/** The whole policy state, parsed; the newest, or as it was at a revision that is not compacted yet. */
export async function loadSnapshot(deps: Deps, atRevision?: number): Promise<Snapshot> {
  const { entries } = await deps.store.readSnapshot(atRevision === undefined ? {} : { atRevision });
  return snapshotFromEntries(entries);
}
