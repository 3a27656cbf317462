import { LaunchError } from "./launch-error.mjs";

const oldestNode = [20, 19];

/** Refuses a machine that we know not to work, with what would. */
export function requireMachine(platform = process.platform, version = process.versions.node) {
  if (platform !== "linux") {
    throw new LaunchError(`Tortie enforces with Linux's iptables and ipset; this machine runs ${platform}.`, [
      "Use a Linux machine, or a virtual one: Debian 12 is what it is tested on.",
    ]);
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new LaunchError(`This is Node ${version}; ${oldestNode.join(".")} or newer is needed.`, [
    "https://nodejs.org, or https://github.com/nodesource/distributions for Debian packages.",
  ]);
}
