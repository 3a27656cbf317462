import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Real packets between network namespaces, judged by the real agent. Needs root, iptables, ipset, iproute2 and ping. */
export default defineConfig({
  root,
  test: {
    include: ["e2e/kernel/**/*.test.ts"],
    setupFiles: [fileURLToPath(new URL("../../lib/testing/say-what-failed.ts", import.meta.url))],
    globalSetup: [fileURLToPath(new URL("../cli/support/build-programs.ts", import.meta.url))],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Every test has namespaces of its own, and most of its time is waiting for packets that must not come.
    maxWorkers: 2,
    // A machine under load takes its time; what never comes is waited for once.
    expect: { poll: { timeout: 15_000 } },
    passWithNoTests: false,
  },
});
