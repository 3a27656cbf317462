import { describeIssue } from "#policy/describe-issue.ts";
import type { TextRange } from "#policy/issue.ts";
import type { ParsedSource } from "../import-state.ts";
import { fixWarning } from "./fix-warning.ts";
import { describeWarning } from "./import-warning.ts";
import { type FixSource, proposeFix } from "./propose-fix.ts";
import type { SourceFix } from "./source-fix.ts";

/** One row of the list of problems, and one mark in the source. */
export type ProblemRow = {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly reason: string;
  /** Absent where the problem is of the whole file. */
  readonly at?: TextRange;
  readonly fix?: SourceFix;
};

/** Errors first, then by position. */
export function problemRows({ issues, warnings }: ParsedSource, source: FixSource): readonly ProblemRow[] {
  const errors = issues.map((issue): ProblemRow => {
    const [title, reason] = inTwo(describeIssue(issue));
    const fix = proposeFix(issue, source);
    return { severity: "error", title, reason, ...(issue.at && { at: issue.at }), ...(fix && { fix }) };
  });
  const others = warnings.map((warning): ProblemRow => {
    const [title, reason] = describeWarning(warning);
    const fix = fixWarning(warning, source.text);
    return { severity: "warning", title, reason, at: warning.at, ...(fix && { fix }) };
  });
  return [...errors, ...others];
}

/** The row to go to from a row, or from nowhere: round and round. */
export function nextRow(
  rows: readonly ProblemRow[],
  current: ProblemRow | undefined,
  step: 1 | -1,
): ProblemRow | undefined {
  if (rows.length === 0) return undefined;
  const at = current === undefined ? -1 : rows.indexOf(current);
  if (at < 0) return step === 1 ? rows[0] : rows.at(-1);
  return rows[(at + step + rows.length) % rows.length];
}

/** The fact, and what is said about it. */
function inTwo(sentence: string): readonly [string, string] {
  const end = sentence.search(/[.:] /);
  return end < 0 ? [sentence, ""] : [sentence.slice(0, end), sentence.slice(end + 2)];
}
