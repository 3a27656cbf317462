import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Unit, property, golden and contract tests; packets and browsers are in e2e/. */
export default defineConfig({
  root,
  test: {
    include: ["{lib,components,app}/**/*.test.{ts,tsx}", "e2e/bench/**/*.test.ts"],
    setupFiles: [fileURLToPath(new URL("say-what-failed.ts", import.meta.url))],
    // A machine under load takes its time; what never comes is waited for once.
    expect: { poll: { timeout: 15_000 } },
    passWithNoTests: false,
  },
});
