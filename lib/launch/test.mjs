// `npm test`: makes the machine ready, runs every suite, and ends with one line, "N passed, N failed".
// With names after it (`npm test -- kernel browser`) it runs the suites whose titles contain one of them.

import { join } from "node:path";
import { LaunchError } from "./base/launch-error.mjs";
import { root } from "./base/paths.mjs";
import { requireMachine } from "./base/require-machine.mjs";
import { complain, say, step, warn } from "./base/terminal.mjs";
import { build, isBuilt } from "./prepare/build.mjs";
import { installPackages } from "./prepare/install-packages.mjs";
import { installNpmPackages } from "./prepare/npm-packages.mjs";
import { testNeeds } from "./prepare/packages.mjs";
import { unpackEtcd } from "./prepare/private-etcd.mjs";
import { StopRequest, stopOnSignals } from "./run/stop-on-signals.mjs";
import { runSuite } from "./suites/run-suite.mjs";
import { stages } from "./suites/suite-list.mjs";
import { formatFailures, formatTable, formatTotal } from "./suites/summary.mjs";

/** @typedef {import("./suites/run-suite.mjs").SuiteResult} SuiteResult */

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} names */
async function main(names) {
  const { signal } = stopOnSignals();
  /** @type {SuiteResult[]} */
  const results = [];
  try {
    if (process.getuid?.() !== 0) warn("Namespaces and packets need root: those suites will fail.");
    const chosen = chosenSuites(names);
    await prepare(signal);
    for (const lanes of chosen) {
      const ends = await Promise.allSettled(
        lanes.map(async (lane) => {
          for (const suite of lane) results.push(await runShown(suite, signal));
        }),
      );
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    }
  } catch (error) {
    const { message, advice } = describeInterruption(error);
    complain(message, advice);
    results.push({ title: "the run itself", passed: 0, failed: 1, skipped: 0, failures: [], seconds: 0, log: "" });
  }
  for (const line of formatFailures(results)) say(line);
  say();
  for (const line of formatTable(results)) say(line);
  say(formatTotal(results));
  return results.some((result) => result.failed > 0) ? 1 : 0;
}

/** What kept the suites from running to their end. @param {unknown} error */
function describeInterruption(error) {
  if (error instanceof LaunchError) return error;
  if (error instanceof StopRequest) return new LaunchError(`Not all suites ran: ${error.message}.`);
  return new LaunchError("The launcher itself failed.", [String(error instanceof Error ? error.stack : error)]);
}

/** @param {AbortSignal} signal */
async function prepare(signal) {
  requireMachine();
  const logFile = join(root, ".tortie", "test", "install.log");
  const options = (/** @type {(text: string) => void} */ progress) => ({ logFile, signal, progress });
  await step("Debian packages", (progress) => installPackages(testNeeds, options(progress)));
  await step("etcd's programs", (progress) => unpackEtcd(options(progress)));
  await step("npm packages", (progress) => installNpmPackages(options(progress)));
  await step("Build", (progress) => (isBuilt() ? "up to date" : build(options(progress))));
}

/** The stages with only the suites that are named; all of them without a name. @param {readonly string[]} names */
function chosenSuites(names) {
  if (names.length === 0) return stages;
  const isNamed = (/** @type {{ title: string }} */ { title }) => names.some((name) => title.includes(name));
  const chosen = stages.map((lanes) => lanes.map((lane) => lane.filter(isNamed)));
  if (chosen.flat(2).length > 0) return chosen;
  throw new LaunchError(
    `No suite is called ${names.join(" or ")}.`,
    stages.flat(2).map(({ title }) => title),
  );
}

/** @param {import("./suites/suite-list.mjs").Suite} suite @param {AbortSignal} signal */
async function runShown(suite, signal) {
  /** @type {SuiteResult | undefined} */
  let result;
  await step(suite.title, async (progress) => {
    result = await runSuite(suite, { signal, progress });
    const counts = `${result.passed} passed, ${result.failed} failed`;
    return result.failed > 0 ? { trouble: counts } : counts;
  });
  if (result === undefined) throw new Error(`${suite.title} left no result`);
  return result;
}
