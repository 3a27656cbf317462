import { InputRefusedError } from "#cli/input/input-refused-error.ts";
import { readNamedFile } from "#cli/input/read-named-file.ts";
import type { CliIo } from "#cli/ports/cli-io.ts";
import type { Deps } from "#operations/deps.ts";
import { formatIssueLocation } from "#policy/describe-issue.ts";
import { repeatedKeys } from "#policy/json/repeated-keys.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import type { PolicyStore } from "#store/policy-store.ts";

/** Ports that answer from a state file; nothing can be written through them. */
export async function stateFileDeps(io: CliIo, path: string): Promise<{ readonly deps: Deps; close(): Promise<void> }> {
  const text = await readNamedFile(io, path);
  const { entries, issues } = parseStateFile(text);
  // Of a key that stands twice only the last is read, which is worth saying.
  const lines = [...issues, ...repeatedKeys(text)].map((issue) => formatIssueLocation(issue, path));
  // A file that is no state at all is refused; what has no place in one that is, is said and left out.
  if (issues.some((issue) => issue.path.length === 0)) throw new InputRefusedError("input-refused", lines.join("\n"));
  for (const line of lines) io.writeError(`${line}\n`);
  const deps: Deps = {
    store: storeOf(entries),
    statuses: {
      readStatuses: async () => [],
      writeStatus: refuse,
      removeStatus: refuse,
      watchStatuses: async function* () {},
    },
    now: () => 0,
    newRequestId: () => "",
  };
  return { deps, close: async () => {} };
}

function storeOf(entries: readonly StoredEntry[]): PolicyStore {
  return {
    readSnapshot: async () => ({ storeRevision: 0, entries }),
    readProfile: async (id) => {
      const profile = snapshotFromEntries(entries).profiles.get(id);
      return profile === undefined ? undefined : { profile, version: { tags: 0, rules: 0 } };
    },
    readSidecar: async () => ({ sidecar: { kind: "missing" }, modRevision: 0 }),
    readIntents: async () => ({ storeRevision: 0, entries: [] }),
    commit: refuse,
    watch: async function* () {},
    watchSidecars: async function* () {},
    watchIntents: async function* () {},
    close: async () => {},
  };
}

async function refuse(): Promise<never> {
  throw new Error("a state file is only read");
}
