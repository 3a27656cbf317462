/** @typedef {import("./run-suite.mjs").SuiteResult} SuiteResult */

/** The table at the end of `npm test`. */
export function formatTable(/** @type {readonly SuiteResult[]} */ results) {
  const rows = [
    ["suite", "passed", "failed", "skipped", "seconds"],
    ...results.map((result) => [
      result.title,
      String(result.passed),
      String(result.failed),
      String(result.skipped),
      result.seconds.toFixed(1),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}

/** The one line that machines read: always the last. */
export function formatTotal(/** @type {readonly SuiteResult[]} */ results) {
  const sum = (/** @type {"passed" | "failed"} */ key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}

// The counterexample of a random test can be a line of many thousand characters.
const MAX_WIDTH = 600;

/** What failed, one block per failure, cut to what one can read; the log holds the rest. */
export function formatFailures(/** @type {readonly SuiteResult[]} */ results, maxLines = 15) {
  return results
    .filter((result) => result.failures.length > 0)
    .flatMap(({ title, failures, log }) => [
      "",
      `${title}  (log: ${log})`,
      ...failures.flatMap((failure) =>
        failure
          .split("\n")
          .slice(0, maxLines)
          .map((line) => `  ${line.slice(0, MAX_WIDTH)}`),
      ),
    ]);
}
