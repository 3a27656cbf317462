import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** `npm start` as a visitor lives it: real processes, ports and namespaces, one file at a time. */
export default defineConfig({
  root,
  test: {
    include: ["e2e/launch/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // A machine under load takes its time; what never comes is waited for once.
    expect: { poll: { timeout: 15_000 } },
    passWithNoTests: false,
  },
});
