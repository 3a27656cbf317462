import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems } from "#analysis/findings/find-problems.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { findingJson } from "#analysis/question/answer.ts";
import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { exitCode } from "#cli/exit-code.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** `lint [<PROFILE>...]`: what is worth a look, each with its reason; 1 when anything is wrong, not for notices alone. */
export const lintPolicy: RunCommand = async ({ words }, { deps }) => {
  const snapshot = await loadSnapshot(await deps());
  const asked = words.PROFILES ?? [];
  const unknown = asked.filter((id) => !snapshot.profiles.has(id as ProfileId));
  if (unknown.length > 0) {
    return refused(
      { kind: "not-found" },
      unknown.map((id) => `Profile ${id} not found.`),
    );
  }
  const findings = findProblems(snapshot, asked.length === 0 ? undefined : new Set(asked as readonly ProfileId[]));
  const json = {
    revision: snapshot.revision,
    findings: findings.map(findingJson),
  };
  const result = done(textOf(findings), json);
  // A web server open to the world is worth knowing and no reason to stop a pipeline.
  return findings.every(({ severity }) => severity === "notice") ? result : { ...result, exitCode: exitCode.refused };
};

function textOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Nothing found.\n";
  const lines = findings.flatMap((finding) => {
    const fix = finding.fix?.edits.map(({ profile, edit }) => `${describeEdit(edit)} (${profile})`).join("; ");
    return [`${finding.severity}: ${describeFinding(finding)}`, ...(fix === undefined ? [] : [`  fix: ${fix}`])];
  });
  return `${[...lines, `${findings.length} found`].join("\n")}\n`;
}
