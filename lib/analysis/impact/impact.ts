import { isEmpty } from "#analysis/connections/connection-set.ts";
import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems, findProblemsAt } from "#analysis/findings/find-problems.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { applyScopedEdits, type ScopedEdit, type ScopedEditError } from "#analysis/impact/scoped-edit.ts";
import { type ReachChange, reachChanges, withoutEchoes } from "#analysis/reach/reach-changes.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { engineOf, type Reachability, reachability } from "#analysis/reach/reachability.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { ok, type Result } from "#prelude/result.ts";

/** A pair and what it may send more, or no longer, in words. */
export type PairChange = { readonly from: string; readonly to: string; readonly connections: string };

/** Every pair and connection that opens and closes between two policies: plain JSON. */
export type Impact = { readonly opened: readonly PairChange[]; readonly closed: readonly PairChange[] };

/** A snapshot with its answer, so that the next question about it costs only what differs. */
export type Judged = { readonly snapshot: Snapshot; readonly reach: Reachability };

/** Judges a snapshot; going on from an earlier one costs what changed. */
export function judged(snapshot: Snapshot, earlier?: Judged): Judged {
  return { snapshot, reach: reachability(snapshot, earlier?.reach) };
}

/** What opens and closes; what a network only repeats of the world is said once. */
export function impactBetween(before: Judged, after: Judged): Impact {
  const changes = withoutEchoes(reachChanges(before.reach, after.reach));
  return { opened: pairsOf(changes, "opened"), closed: pairsOf(changes, "closed") };
}

/** What edits open and close, exactly: the snapshot after them beside its impact. */
export function whatIf(
  before: Judged,
  edits: readonly ScopedEdit[],
): Result<{ readonly after: Judged; readonly impact: Impact }, ScopedEditError> {
  const edited = applyScopedEdits(before.snapshot, edits);
  if (!edited.ok) return edited;
  const after = judged(edited.value, before);
  return ok({ after, impact: impactBetween(before, after) });
}

/** Findings that are new and that are gone. A rule that only moved keeps its findings. */
export function findingChanges(
  before: Judged,
  after: Judged,
): { readonly gained: readonly Finding[]; readonly lost: readonly Finding[] } {
  const [old, next] = [problemsOf(before), problemsOf(after)];
  return { gained: without(next, old), lost: without(old, next) };
}

function problemsOf({ snapshot, reach }: Judged): readonly Finding[] {
  const engine = engineOf(reach);
  return engine === undefined ? findProblems(snapshot) : findProblemsAt(snapshot, engine.placement);
}

function without(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(identityOf));
  return findings.filter((finding) => !known.has(identityOf(finding)));
}

function identityOf(finding: Finding): string {
  if (!("position" in finding)) return `${finding.kind} ${describeFinding(finding)}`;
  const { kind, profile, direction, rule } = finding;
  return [kind, profile, direction, rule].join(" ");
}

function pairsOf(changes: readonly ReachChange[], part: "opened" | "closed"): readonly PairChange[] {
  return changes.flatMap((change) => {
    const set = change[part];
    if (isEmpty(set)) return [];
    return [{ from: formatNode(change.from), to: formatNode(change.to), connections: formatConnectionSet(set) }];
  });
}
