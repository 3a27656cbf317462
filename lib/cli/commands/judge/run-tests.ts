import {
  type PolicyTestReport,
  type PolicyTestResult,
  parsePolicyTests,
  runPolicyTests,
} from "#analysis/question/policy-test.ts";
import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { exitCode } from "#cli/exit-code.ts";
import { readNamedFile } from "#cli/input/read-named-file.ts";
import { placeIssues } from "#cli/print/place-issues.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { formatIssueLocation } from "#policy/describe-issue.ts";

/** `test <FILE>...`: a line for each failing test, then the count; 1 when any failed. */
export const runTests: RunCommand = async ({ words }, { io, deps }) => {
  const tests: unknown[] = [];
  for (const path of words.FILES ?? []) {
    const text = await readNamedFile(io, path);
    const parsed = parsePolicyTests(text);
    if (!parsed.ok) {
      const lines = placeIssues(text, [parsed.error]).map((issue) => formatIssueLocation(issue, path));
      return refused({ kind: "no-tests" }, lines);
    }
    for (const test of parsed.value) tests.push(test);
  }
  // Files that bring their own states need neither etcd nor a state file.
  const snapshot = tests.some(needsState) ? await loadSnapshot(await deps()) : undefined;
  const report = runPolicyTests(tests, snapshot);
  return { ...done(textOf(report), report), exitCode: report.failed === 0 ? exitCode.done : exitCode.refused };
};

function needsState(test: unknown): boolean {
  const given = typeof test === "object" && test !== null && "given" in test ? test.given : undefined;
  return given === undefined || given === null;
}

function textOf({ results, passed, failed }: PolicyTestReport): string {
  const lines = results.filter((result) => !result.passed).map(describeFailure);
  return `${[...lines, `${passed} passed, ${failed} failed`].join("\n")}\n`;
}

function describeFailure({ id, title, verdict, expect, explanation }: PolicyTestResult): string {
  return `FAIL ${[id, title].filter((part) => part !== "").join(" ")}: expected ${expect || "?"}, got ${verdict} (${explanation})`;
}
