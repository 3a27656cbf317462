import { readFileSync, rmSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { runProgram, tailLines } from "../base/run-program.mjs";
import { judgeOutcome, readPlaywrightReport, readVitestReport } from "./read-report.mjs";
import { reportingCommand, suiteFiles } from "./suite-list.mjs";

/** @typedef {import("./suite-list.mjs").Suite} Suite */
/** @typedef {import("./read-report.mjs").Outcome} Outcome */
/** @typedef {Outcome & { title: string; seconds: number; log: string }} SuiteResult */

/** Runs one suite to its end and reads what its runner reports. @returns {Promise<SuiteResult>} */
export async function runSuite(
  /** @type {Suite} */ suite,
  /** @type {{ signal: AbortSignal; progress: (text: string) => void }} */ { signal, progress },
) {
  const { log, report } = suiteFiles(suite);
  for (const file of [log, report]) rmSync(file, { force: true });
  const { argv, env } = reportingCommand(suite);
  const startedAt = Date.now();
  const { code, output } = await runProgram(argv, {
    logFile: log,
    env: { NO_COLOR: "1", ...env },
    signal,
    onLine: progress,
  });
  const outcome =
    suite.report === "exit-code" ? exitCodeOutcome(code, output) : judgeOutcome(readReport(suite.report, report), code);
  return { ...outcome, title: suite.title, seconds: (Date.now() - startedAt) / 1000, log };
}

/** @param {"vitest" | "playwright"} kind @param {string} file */
function readReport(kind, file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    return kind === "vitest" ? readVitestReport(report) : readPlaywrightReport(report);
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT"))
      return undefined;
    throw error;
  }
}

/** @param {number} code @param {string} output @returns {Outcome} */
function exitCodeOutcome(code, output) {
  if (code === 0) return { passed: 1, failed: 0, skipped: 0, failures: [] };
  // Biome colours its words even for a file.
  const words = stripVTControlCharacters(tailLines(output, 25).join("\n"));
  return { passed: 0, failed: 1, skipped: 0, failures: [words] };
}
