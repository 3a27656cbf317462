import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../base/paths.mjs";
import { mustRun } from "../base/run-program.mjs";
import { hashFiles } from "./hash-files.mjs";

/** @typedef {import("./install-packages.mjs").InstallOptions} InstallOptions */
/** @typedef {{ packages?: Record<string, { version?: string; integrity?: string; optional?: boolean }> }} NpmLock */

/** Runs `npm ci`, unless node_modules already is what the lock asks for. */
export async function installNpmPackages(/** @type {InstallOptions} */ options) {
  const stampFile = join(root, "node_modules", ".tortie-stamp");
  const stamp = `${hashFiles(root, ["package-lock.json"])} node-${process.versions.modules}-${process.arch}`;
  if (readIfPresent(stampFile) === stamp) return "already installed";
  if (isInstalledByHand()) {
    writeFileSync(stampFile, stamp);
    return "already installed";
  }
  rmSync(stampFile, { force: true });
  // Building needs the development packages too, whatever NODE_ENV or the user's npm says.
  await mustRun(["npm", "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=http"], {
    logFile: options.logFile,
    ...(options.signal ? { signal: options.signal } : {}),
    env: { NODE_ENV: "development" },
    onLine: (line) => options.progress(describeNpmLine(line)),
    failure: "npm ci failed.",
    advice: ["Is the npm registry reachable? `npm ping` tells."],
  });
  writeFileSync(stampFile, stamp);
  return "installed";
}

/** Whether npm's own record of node_modules holds every package of the lock, optional ones aside. */
export function isSameInstall(/** @type {NpmLock} */ lock, /** @type {NpmLock} */ installed) {
  const present = installed.packages ?? {};
  const wanted = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  return (
    wanted.length > 0 &&
    wanted.every(([path, entry]) => {
      const found = present[path];
      if (found === undefined) return entry.optional === true;
      return found.version === entry.version && found.integrity === entry.integrity;
    })
  );
}

function isInstalledByHand() {
  const lock = readIfPresent(join(root, "package-lock.json"));
  const installed = readIfPresent(join(root, "node_modules", ".package-lock.json"));
  return lock !== undefined && installed !== undefined && isSameInstall(JSON.parse(lock), JSON.parse(installed));
}

/** @param {string} file */
function readIfPresent(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** `npm http fetch GET 200 https://…/next 12ms` says more as its package name. @param {string} line */
function describeNpmLine(line) {
  const fetched = /fetch GET 200 https?:\/\/[^/]+\/(\S+)/.exec(line)?.[1];
  return fetched === undefined ? line : (fetched.split("/-/")[0] ?? fetched);
}
