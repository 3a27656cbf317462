import { type Impact, impactBetween, judged } from "#analysis/impact/impact.ts";
import type { RunCommand } from "#cli/command.ts";
import { type CommandResult, done, refused } from "#cli/command-result.ts";
import { readNamedFile } from "#cli/input/read-named-file.ts";
import { describePairChanges } from "#cli/print/describe-pair-changes.ts";
import { describeRefusal } from "#cli/print/describe-refusal.ts";
import { placeIssues } from "#cli/print/place-issues.ts";
import { type ImportedState, importState } from "#operations/import-state.ts";
import { formatIssueLocation } from "#policy/describe-issue.ts";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import type { Issue } from "#policy/issue.ts";
import { repeatedKeys } from "#policy/json/repeated-keys.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import { parseStateFile } from "#policy/state-file/parse-state-file.ts";
import type { StateChange } from "#policy/state-file/plan-import.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** `import <FILE> [--dry-run]`: one transaction; what the file does not name stays as it is. A dry run says what opens and closes. */
export const importStateCommand: RunCommand = async ({ words, options }, { io, author, deps }) => {
  const path = words.FILE?.[0] ?? "-";
  const name = path === "-" ? "<stdin>" : path;
  const text = await readNamedFile(io, path);
  const { entries, issues } = parseStateFile(text);
  if (issues.length > 0) return refuse(text, name, issues);
  const repeated = repeatedKeys(text).map((issue) => formatIssueLocation(issue, name));
  if (repeated.length > 0) return refused({ kind: "input-refused" }, repeated);
  const isDryRun = options.dryRun === true;
  const imported = await importState(await deps(), author, { entries, isDryRun });
  if (!imported.ok) {
    return imported.error.kind === "state-invalid"
      ? refuse(text, name, imported.error.issues)
      : describeRefusal(imported.error);
  }
  const { changes, revision, preview } = imported.value;
  const impact = preview && impactOf(preview);
  const lines = [
    ...changes.flatMap(describeChange),
    ...(impact === undefined ? [] : describePairChanges(impact)),
    summary(changes.length, isDryRun),
  ];
  return done(`${lines.join("\n")}\n`, {
    changes: changes.map(toJson),
    ...impact,
    written: revision !== undefined,
    ...(revision === undefined ? {} : { revision }),
  });
};

function impactOf({ before, after }: NonNullable<ImportedState["preview"]>): Impact {
  const old = judged(before);
  return impactBetween(old, judged(after, old));
}

function refuse(text: string, name: string, issues: readonly Issue[]): CommandResult {
  const placed = placeIssues(text, issues);
  const refusal = refused(
    { kind: "state-invalid" },
    placed.map((issue) => formatIssueLocation(issue, name)),
  );
  return { ...refusal, json: { error: { kind: "state-invalid", issues: placed } } };
}

function summary(changeCount: number, isDryRun: boolean): string {
  if (changeCount === 0) return "Everything is already as the file says; nothing was written.";
  const changes = changeCount === 1 ? "1 object" : `${changeCount} objects`;
  return isDryRun ? `${changes} would change; nothing was written.` : `Imported ${changes} in one transaction.`;
}

function describeChange(change: StateChange): readonly string[] {
  switch (change.kind) {
    case "profile": {
      const { before, after } = change;
      if (before === undefined) return [`profile ${after.id}: new`];
      return [`profile ${after.id}:`, ...diffProfiles(before, after).map((edit) => `  ${describeEdit(edit)}`)];
    }
    case "endpoint":
      return [`endpoint ${formatEndpointKey(change.key)}: ${change.isNew ? "new" : "changed"}`];
    case "setting":
      return [`${change.key}: ${change.before ?? "absent"} becomes ${change.after}`];
    default:
      return assertNever(change);
  }
}

function toJson(change: StateChange) {
  switch (change.kind) {
    case "profile":
      return { kind: "profile", id: change.after.id, isNew: change.before === undefined };
    case "endpoint":
      return { kind: "endpoint", endpoint: formatEndpointKey(change.key), isNew: change.isNew };
    case "setting":
      return { kind: "setting", key: change.key, isNew: change.before === undefined };
    default:
      return assertNever(change);
  }
}
