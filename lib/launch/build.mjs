import { join } from "node:path";
import { LaunchError } from "./base/launch-error.mjs";
import { dataDirectory } from "./base/paths.mjs";
import { complain, step } from "./base/terminal.mjs";
import { build } from "./prepare/build.mjs";

try {
  await step("Build", (progress) => build({ logFile: join(dataDirectory(), "logs", "build.log"), progress }));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  complain(error.message, error.advice);
  process.exitCode = 1;
}
