// What the test runners say in their JSON reports, brought to one form.

/** @typedef {{ passed: number; failed: number; skipped: number; failures: readonly string[] }} Outcome */
/** @typedef {{ status: string; fullName?: string; title?: string; failureMessages?: readonly string[] }} VitestTest */
/** @typedef {{ name: string; status: string; message?: string; assertionResults: readonly VitestTest[] }} VitestFile */
/** @typedef {{ stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors?: readonly { message?: string }[]; suites?: readonly PlaywrightSuite[] }} PlaywrightReport */
/** @typedef {{ title: string; specs?: readonly { title: string; ok: boolean }[]; suites?: readonly PlaywrightSuite[] }} PlaywrightSuite */

/** Reads Vitest's report. A file that could not be loaded counts as one failure. @returns {Outcome} */
export function readVitestReport(/** @type {{ testResults?: readonly VitestFile[] }} */ report) {
  const files = report.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ file: file.name, test })));
  const failed = tests.filter(({ test }) => test.status === "failed");
  const unloadable = files.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  const passed = tests.filter(({ test }) => test.status === "passed").length;
  return {
    passed,
    failed: failed.length + unloadable.length,
    skipped: tests.length - passed - failed.length,
    failures: [
      ...failed.map(({ file, test }) => `${file}: ${test.fullName ?? test.title}\n${test.failureMessages?.[0] ?? ""}`),
      ...unloadable.map((file) => `${file.name}\n${file.message ?? "could not be loaded"}`),
    ],
  };
}

/** Reads Playwright's report. A flaky test is a failed one. @returns {Outcome} */
export function readPlaywrightReport(/** @type {PlaywrightReport} */ report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = (report.errors ?? []).map((error) => error.message ?? "error without a message");
  return {
    passed: expected,
    failed: unexpected + flaky + errors.length,
    skipped,
    failures: [...(report.suites ?? []).flatMap((suite) => failedSpecs(suite, [])), ...errors],
  };
}

/** @param {PlaywrightSuite} suite @param {readonly string[]} path @returns {string[]} */
function failedSpecs(suite, path) {
  const here = [...path, suite.title];
  const own = (suite.specs ?? []).filter((spec) => !spec.ok).map((spec) => [...here, spec.title].join(" › "));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => failedSpecs(inner, here))];
}

/**
 * The verdict on a suite: nothing may be skipped, something must have run, and the runner must agree with its report.
 * @param {Outcome | undefined} outcome   undefined when there is no report
 * @param {number} exitCode
 * @returns {Outcome}
 */
export function judgeOutcome(outcome, exitCode) {
  if (outcome === undefined) return { passed: 0, failed: 1, skipped: 0, failures: ["The runner left no report."] };
  const { passed, failed, skipped } = outcome;
  const objections = [
    ...(passed + failed === 0 ? ["No test ran."] : []),
    ...(skipped > 0 ? [`${skipped} skipped: a skipped test is a failed one.`] : []),
    ...(exitCode !== 0 && failed === 0 ? [`The runner ended with code ${exitCode} although no test failed.`] : []),
  ];
  return { ...outcome, failed: failed + objections.length, failures: [...outcome.failures, ...objections] };
}
