import { join } from "node:path";
import { root } from "../base/paths.mjs";

/** @typedef {{ title: string; argv: readonly string[]; report: "exit-code" | "vitest" | "playwright"; env?: Readonly<Record<string, string>> }} Suite */

/** Where a suite's log and report go. */
export const suiteFiles = (/** @type {Suite} */ { title }) => {
  const base = join(root, ".tortie", "test", title.replaceAll(/[^a-z0-9]+/g, "-"));
  return { log: `${base}.log`, report: `${base}.json` };
};

const binary = (/** @type {string} */ name) => join(root, "node_modules", ".bin", name);

/** @param {string} title @param {string} folder @returns {Suite} */
const vitest = (title, folder) => ({
  title,
  report: "vitest",
  argv: [binary("vitest"), "run", "--config", `${folder}/vitest.config.ts`],
});

const checks = [
  ...["types", "style", "boundaries", "dead", "docs"].map((name) => ({
    title: `check ${name}`,
    report: /** @type {const} */ ("exit-code"),
    argv: ["npm", "run", "--silent", `check:${name}`],
  })),
];
const units = [vitest("unit, property, contract", "lib/testing")];
const hosts = [vitest("command line", "e2e/cli"), vitest("kernel", "e2e/kernel"), vitest("launch", "e2e/launch")];
/** @type {Suite} */
const browser = {
  title: "browser",
  report: "playwright",
  argv: [binary("playwright"), "test", "--config", "e2e/playwright.config.ts"],
};

/**
 * Everything that has to pass, the quickest first: stages one after the other, the lanes of a stage side by side. Namespaces
 * mostly wait for packets that must not come, while a browser works.
 * @type {readonly (readonly (readonly Suite[])[])[]}
 */
export const stages = [[checks], [units], [hosts, [browser]]];

/** The suite's command with its machine-readable report switched on. */
export function reportingCommand(/** @type {Suite} */ suite) {
  const { report } = suiteFiles(suite);
  if (suite.report === "vitest") {
    return { argv: [...suite.argv, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], env: {} };
  }
  if (suite.report === "playwright") {
    return { argv: [...suite.argv, "--reporter=line,json"], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } };
  }
  return { argv: suite.argv, env: {} };
}
