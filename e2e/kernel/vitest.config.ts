import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Real packets between network namespaces, judged by the real agent. Needs root, iptables, ipset, iproute2 and ping. */
export default defineConfig({
  root,
  test: {
    include: ["e2e/kernel/**/*.test.ts"],
    setupFiles: ["lib/testing/say-what-failed.ts"],
    globalSetup: ["e2e/cli/support/build-programs.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One network at a time: two cores are easily kept busy by one.
    fileParallelism: false,
    passWithNoTests: false,
  },
});
