import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../base/find-program.mjs";
import { LaunchError } from "../base/launch-error.mjs";
import { toolsDirectory } from "../base/paths.mjs";
import { mustRun, runProgram } from "../base/run-program.mjs";
import { forwarded } from "./install-packages.mjs";
import { etcdNeeds, missingNeeds } from "./packages.mjs";

// Debian's etcd-server package also installs a service, which systemd would start on our port, now and at every
// boot. So the package is downloaded and unpacked into the checkout: no root, nothing changes on the machine.

/** @typedef {import("./install-packages.mjs").InstallOptions} InstallOptions */

/** Makes `etcd` and `etcdctl` available, by unpacking Debian's packages where the machine has none. */
export async function unpackEtcd(/** @type {InstallOptions} */ options) {
  const packages = missingNeeds(etcdNeeds).map((need) => need.package);
  if (packages.length === 0) return findProgram("etcd");
  if (findProgram("apt-get") === undefined || findProgram("dpkg") === undefined) {
    throw new LaunchError("There is no etcd here, and no apt-get to fetch it with.", [
      "Install etcd 3.4 or newer so that `etcd` and `etcdctl` are on the PATH,",
      "or start one elsewhere and name it:  ETCD_ENDPOINTS=http://HOST:2379 npm start",
    ]);
  }
  const scratch = mkdtempSync(join(tmpdir(), "tortie-apt-"));
  try {
    await download(packages, scratch, options);
    mkdirSync(toolsDirectory, { recursive: true });
    for (const file of readdirSync(scratch).filter((name) => name.endsWith(".deb"))) {
      await mustRun(["dpkg", "-x", join(scratch, file), toolsDirectory], forwarded(options));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return `unpacked ${packages.join(" and ")} into ${toolsDirectory}`;
}

/** @param {readonly string[]} packages @param {string} scratch @param {InstallOptions} options */
async function download(packages, scratch, options) {
  const run = { ...forwarded(options), cwd: scratch, env: { LC_ALL: "C.UTF-8" } };
  options.progress(`downloading ${packages.join(" ")}`);
  // Root's downloads drop to the user _apt, who cannot write into our scratch folder.
  const asUs = ["-o", "APT::Sandbox::User=root"];
  const known = await runProgram(["apt-get", ...asUs, "download", ...packages], run);
  if (known.code === 0) return;
  const lists = join(scratch, "lists");
  const cache = join(scratch, "cache");
  for (const folder of [lists, cache]) mkdirSync(join(folder, "partial"), { recursive: true });
  mkdirSync(join(cache, "archives", "partial"), { recursive: true });
  const own = [...asUs, "-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${cache}`];
  options.progress("fetching package lists");
  await mustRun(["apt-get", ...own, "update"], {
    ...run,
    failure: "The package lists could not be fetched.",
    advice: ["Is this machine connected? With an etcd elsewhere:  ETCD_ENDPOINTS=http://HOST:2379 npm start"],
  });
  await mustRun(["apt-get", ...own, "download", ...packages], {
    ...run,
    failure: `apt-get could not download ${packages.join(" ")}.`,
  });
}
