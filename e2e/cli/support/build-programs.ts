import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Bundles what the tests run, so that they never judge an older build. */
export async function setup(): Promise<void> {
  const bundler = fileURLToPath(new URL("../../../lib/launch/bundle.mjs", import.meta.url));
  await promisify(execFile)(process.execPath, [bundler]);
}
