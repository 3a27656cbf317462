import type { Author, Deps } from "#operations/deps.ts";
import { readToEdit, sidecarWrite } from "#operations/transaction/beside-profile.ts";
import { commitChange, type WriteRefusal } from "#operations/transaction/commit-change.ts";
import type { JournalEdit } from "#operations/transaction/journal-edit.ts";
import { readVersioned, type VersionedSnapshot } from "#operations/transaction/read-versioned.ts";
import { retryConflicts } from "#operations/transaction/retry-conflicts.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { Issue } from "#policy/issue.ts";

import type { Snapshot, StoredEntry } from "#policy/snapshot.ts";
import { applyChanges } from "#policy/snapshot-from-entries.ts";
import { planImport, type StateChange } from "#policy/state-file/plan-import.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import type { PolicyWrite } from "#store/policy-store.ts";

export type ImportStateRequest = {
  /** What a state file describes (parse-state-file.ts). */
  readonly entries: readonly StoredEntry[];
  /** Says what would change and writes nothing. */
  readonly isDryRun?: boolean;
  readonly requestId?: string;
};

export type ImportedState = {
  readonly changes: readonly StateChange[];
  /** Absent when nothing was written. */
  readonly revision?: number;
  /** The state as it is and as the file would make it; only of a dry run. */
  readonly preview?: { readonly before: Snapshot; readonly after: Snapshot };
};

/** Paths are those of the state file. */
export type ImportStateRefusal = { readonly kind: "state-invalid"; readonly issues: readonly Issue[] } | WriteRefusal;

/**
 * Makes everything the file names be as the file says, in one transaction; what it does not name stays. A strict door:
 * one invalid value and nothing is written. Values that are stored already in the same form are left untouched.
 */
export async function importState(
  deps: Deps,
  author: Author,
  request: ImportStateRequest,
): Promise<Result<ImportedState, ImportStateRefusal>> {
  const requestId = request.requestId ?? deps.newRequestId();
  return retryConflicts<ImportedState, ImportStateRefusal>(async () => {
    const stored = await readVersioned(deps);
    const { changes, issues } = planImport(request.entries, stored.snapshot);
    if (issues.length > 0) return err({ kind: "state-invalid", issues });
    if (request.isDryRun === true) {
      const before = stored.snapshot;
      return ok({ changes, preview: { before, after: applyChanges(before, request.entries) } });
    }
    if (changes.length === 0) return ok({ changes });
    const writes: PolicyWrite[] = [];
    for (const change of changes) writes.push(await followSidecar(deps, writeOf(change, stored)));
    const committed = await commitChange(deps, author, {
      requestId,
      writes,
      edits: changes.map(editOf),
    });
    return committed.ok ? ok({ changes, revision: committed.value.revision }) : committed;
  });
}

function writeOf(change: StateChange, stored: VersionedSnapshot): PolicyWrite {
  switch (change.kind) {
    case "profile": {
      const { after } = change;
      return { kind: "profile", id: after.id, base: stored.profileVersion(after.id), after };
    }
    case "endpoint": {
      const { key, after } = change;
      return { kind: "endpoint", key, base: stored.endpointVersion(key), after };
    }
    case "setting":
      return { kind: "setting", key: change.key, base: stored.version(change.key), after: change.after };
    default:
      return assertNever(change);
  }
}

/** Comments and parked rules are no part of a state file: those that are stored follow the rules of the file. */
async function followSidecar(deps: Deps, write: PolicyWrite): Promise<PolicyWrite> {
  if (write.kind !== "profile" || write.after?.rules.kind !== "valid") return write;
  const current = await readToEdit(deps, write.id);
  if (current === undefined || current.beside.modRevision === 0) return write;
  const { inbound, outbound } = write.after.rules.value;
  const replaced = applyEdit(current.profile, { kind: "replace-rules", inbound, outbound });
  const sidecar = replaced.ok ? replaced.value.sidecar : undefined;
  if (sidecar === undefined) return write;
  const after = { ...write.after, sidecar };
  return { ...write, after, ...sidecarWrite(current.beside, after) };
}

function editOf(change: StateChange): JournalEdit {
  switch (change.kind) {
    case "profile":
      return { kind: "import-profile", profileId: change.after.id };
    case "endpoint":
      return { kind: "import-endpoint", endpoint: change.key };
    case "setting":
      return { kind: "import-setting", key: change.key };
    default:
      return assertNever(change);
  }
}
