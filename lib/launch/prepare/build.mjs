import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../base/paths.mjs";
import { mustRun } from "../base/run-program.mjs";
import { hashFiles } from "./hash-files.mjs";

/** @typedef {import("./install-packages.mjs").InstallOptions} InstallOptions */

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "proxy.ts",
];
const stampFile = join(root, ".next", "tortie-stamp");
const standalone = join(root, ".next", "standalone");

/** What a build leaves behind, relative to the checkout. */
export const built = {
  board: ".next/standalone/server.js",
  calicoctl: "dist/calicoctl.js",
  agent: "dist/tortie-agent.js",
};

/** Whether a file can change what is built: tests and the launcher itself cannot. */
export function isBuildSource(/** @type {string} */ path) {
  if (path === "lib/launch/bundle.mjs") return true;
  return !/\.test\.tsx?$|\.md$/.test(path) && !path.startsWith("lib/launch/") && !path.startsWith("lib/testing/");
}

/** Whether the last build was made from the sources as they are now. */
export function isBuilt() {
  const isComplete = Object.values(built).every((file) => existsSync(join(root, file)));
  return isComplete && existsSync(stampFile) && readFileSync(stampFile, "utf8") === sourceHash();
}

/** Bundles the two programs, builds the board, and makes its standalone folder complete. */
export async function build(/** @type {InstallOptions} */ options) {
  const before = sourceHash();
  const run = {
    logFile: options.logFile,
    ...(options.signal ? { signal: options.signal } : {}),
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", TORTIE_DIST_DIR: undefined },
    onLine: options.progress,
  };
  rmSync(stampFile, { force: true });
  options.progress("bundling calicoctl and tortie-agent");
  await mustRun(["npm", "run", "--silent", "build:cli"], { ...run, failure: "The command line could not be bundled." });
  options.progress("next build");
  await mustRun([process.execPath, join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
    ...run,
    failure: "The board could not be built.",
  });
  // Next leaves these two out of the standalone folder, for those who serve them from elsewhere.
  copyFolder(join(root, "public"), join(standalone, "public"));
  copyFolder(join(root, ".next", "static"), join(standalone, ".next", "static"));
  writeFileSync(stampFile, before);
  return "built";
}

function sourceHash() {
  return hashFiles(root, sources, isBuildSource);
}

/** An empty folder is not in a clone. @param {string} from @param {string} to */
function copyFolder(from, to) {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
