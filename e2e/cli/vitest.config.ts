import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The command line as it is shipped, against real etcd servers. */
export default defineConfig({
  root,
  test: {
    include: ["e2e/cli/**/*.test.ts"],
    globalSetup: [fileURLToPath(new URL("./support/build-programs.ts", import.meta.url))],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine under load takes its time; what never comes is waited for once.
    expect: { poll: { timeout: 15_000 } },
    passWithNoTests: false,
  },
});
