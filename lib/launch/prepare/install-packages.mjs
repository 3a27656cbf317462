import { findProgram } from "../base/find-program.mjs";
import { LaunchError } from "../base/launch-error.mjs";
import { mustRun, runProgram } from "../base/run-program.mjs";
import { missingNeeds } from "./packages.mjs";

/** @typedef {import("./packages.mjs").Need} Need */
/** @typedef {{ logFile: string; signal?: AbortSignal; progress: (text: string) => void }} InstallOptions */

// No questions, no wait without end for another apt, nothing recommended: chromium alone would pull 200 packages.
const aptOptions = [
  "-y",
  "--no-install-recommends",
  "-o",
  "DPkg::Lock::Timeout=120",
  "-o",
  "Dpkg::Use-Pty=0",
  "-o",
  "Dpkg::Options::=--force-confold",
];
const quietEnvironment = {
  DEBIAN_FRONTEND: "noninteractive",
  DEBIAN_PRIORITY: "critical",
  NEEDRESTART_MODE: "l",
  LC_ALL: "C.UTF-8",
};

/** Installs the Debian packages that are missing; the package lists are fetched only when the first try fails. */
export async function installPackages(/** @type {readonly Need[]} */ needs, /** @type {InstallOptions} */ options) {
  const packages = [...new Set(missingNeeds(needs).map((need) => need.package))];
  if (packages.length === 0) return "all present";
  const apt = await aptCommand(packages);
  const run = { ...forwarded(options), env: quietEnvironment, onLine: options.progress };
  options.progress(packages.join(" "));
  const first = await runProgram([...apt, "install", ...aptOptions, ...packages], run);
  if (first.code !== 0) {
    options.progress("fetching the package lists");
    await mustRun([...apt, "update", "-o", "DPkg::Lock::Timeout=120"], { ...run, failure: "apt-get update failed." });
    await mustRun([...apt, "install", ...aptOptions, ...packages], {
      ...run,
      failure: `apt-get could not install ${packages.join(" ")}.`,
    });
  }
  const still = missingNeeds(needs);
  if (still.length > 0) {
    const names = still.map((need) => need.program ?? need.file).join(", ");
    throw new LaunchError(`apt-get succeeded, and yet these are missing: ${names}.`);
  }
  return `installed ${packages.join(", ")}`;
}

/** @param {InstallOptions} options */
export function forwarded(options) {
  return { logFile: options.logFile, ...(options.signal ? { signal: options.signal } : {}) };
}

/** How to call apt-get with the rights to install. @param {readonly string[]} packages */
async function aptCommand(packages) {
  const byHand = `Install them by hand: ${packages.join(" ")} (names of Debian 12).`;
  if (findProgram("apt-get") === undefined) {
    throw new LaunchError(`Needed packages are missing, and this machine has no apt-get.`, [byHand]);
  }
  if (process.getuid?.() === 0) return ["apt-get"];
  const hasSudo = findProgram("sudo") !== undefined && (await runProgram(["sudo", "-n", "true"])).code === 0;
  if (hasSudo) return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND,DEBIAN_PRIORITY,NEEDRESTART_MODE", "apt-get"];
  throw new LaunchError("Needed packages are missing, and only root can install them.", [
    `Run as root:  apt-get install -y ${packages.join(" ")}`,
    "then start again.",
  ]);
}
