import { endpointFindings } from "#analysis/findings/endpoint-findings.ts";
import { exposureFindings } from "#analysis/findings/exposure.ts";
import { type Finding, findingProfiles, type Severity } from "#analysis/findings/finding.ts";
import { hiddenProfiles } from "#analysis/findings/hidden-profiles.ts";
import { ruleFindings } from "#analysis/findings/rule-findings.ts";
import { tagFindings } from "#analysis/findings/tag-findings.ts";
import type { Placement } from "#analysis/reach/reach-node.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

const known = new WeakMap<Snapshot, readonly Finding[]>();

/** Everything worth a look in a snapshot, or in some of its profiles: by severity, then profile, then place in it. */
export function findProblems(snapshot: Snapshot, profiles?: ReadonlySet<ProfileId>): readonly Finding[] {
  const found = known.get(snapshot) ?? findAll(snapshot);
  known.set(snapshot, found);
  if (profiles === undefined) return found;
  return found.filter((finding) => findingProfiles(finding).some((id) => profiles.has(id)));
}

/** The same where the places are known from an answer about the snapshot. */
export function findProblemsAt(snapshot: Snapshot, placement: Placement): readonly Finding[] {
  const found = known.get(snapshot) ?? findAll(snapshot, placement);
  known.set(snapshot, found);
  return found;
}

function findAll(snapshot: Snapshot, placement?: Placement): readonly Finding[] {
  const found = [
    ...[...snapshot.profiles.values()].flatMap(ruleFindings),
    ...hiddenProfiles(snapshot),
    ...tagFindings(snapshot),
    ...endpointFindings(snapshot),
    ...exposureFindings(snapshot, placement),
  ];
  return found.sort(compareFindings);
}

/** Equal ranks keep the order in which they were found, which is that of the snapshot. */
function compareFindings(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || compareTexts(placeKey(a), placeKey(b));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function placeKey(finding: Finding): string {
  const profile = findingProfiles(finding)[0] ?? "";
  if (!("position" in finding)) return `${profile}\u0000`;
  return `${profile}\u0000${finding.direction}${String(finding.position).padStart(9, "0")}`;
}
