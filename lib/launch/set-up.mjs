// `npm run set-up`: the Debian packages and etcd, for those who want the machine ready before anything else.
// With --test also what only the tests run.

import { join } from "node:path";
import { LaunchError } from "./base/launch-error.mjs";
import { dataDirectory } from "./base/paths.mjs";
import { complain, step } from "./base/terminal.mjs";
import { installPackages } from "./prepare/install-packages.mjs";
import { playgroundNeeds, testNeeds } from "./prepare/packages.mjs";
import { unpackEtcd } from "./prepare/private-etcd.mjs";

const needs = process.argv.includes("--test") ? testNeeds : playgroundNeeds;
const logFile = join(dataDirectory(), "logs", "install.log");

try {
  await step("Debian packages", (progress) => installPackages(needs, { logFile, progress }));
  await step("etcd's programs", (progress) => unpackEtcd({ logFile, progress }));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  complain(error.message, error.advice);
  process.exitCode = 1;
}
