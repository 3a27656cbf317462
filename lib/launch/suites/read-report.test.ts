import { describe, expect, it } from "vitest";
import { judgeOutcome, readPlaywrightReport, readVitestReport } from "./read-report.mjs";
import { formatFailures, formatTable, formatTotal } from "./summary.mjs";

const test = (status: string) => ({
  status,
  fullName: `a test that ${status}`,
  failureMessages: ["expected 1 to be 2"],
});

describe("Vitest's report", () => {
  it("is counted test by test", () => {
    const file = {
      name: "a.test.ts",
      status: "failed",
      assertionResults: ["passed", "passed", "failed", "skipped", "todo"].map(test),
    };
    expect(readVitestReport({ testResults: [file] })).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      failures: ["a.test.ts: a test that failed\nexpected 1 to be 2"],
    });
  });

  it("with a file that could not be loaded counts one failure", () => {
    const file = { name: "b.test.ts", status: "failed", message: "Cannot find module", assertionResults: [] };
    expect(readVitestReport({ testResults: [file] })).toMatchObject({
      failed: 1,
      failures: ["b.test.ts\nCannot find module"],
    });
  });
});

describe("Playwright's report", () => {
  it("counts a flaky test and an error outside of tests as failures, and names what failed", () => {
    const report = {
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: "the web server did not start" }],
      suites: [
        {
          title: "edit.spec.ts",
          suites: [
            {
              title: "the card",
              specs: [
                { title: "moves", ok: false },
                { title: "saves", ok: true },
              ],
            },
          ],
        },
      ],
    };
    expect(readPlaywrightReport(report)).toEqual({
      passed: 3,
      failed: 3,
      skipped: 2,
      failures: ["edit.spec.ts › the card › moves", "the web server did not start"],
    });
  });
});

describe("a suite fails", () => {
  const good = { passed: 2, failed: 0, skipped: 0, failures: [] };

  it("not when all its tests passed", () => {
    expect(judgeOutcome(good, 0)).toEqual(good);
  });

  it.each([
    ["left no report", undefined, 0],
    ["ran no test", { ...good, passed: 0 }, 0],
    ["skipped a test", { ...good, skipped: 1 }, 0],
    ["ended with another code than its report says", good, 1],
  ])("when it %s", (_, outcome, exitCode) => {
    expect(judgeOutcome(outcome, exitCode)).toMatchObject({ failed: 1, failures: [expect.any(String)] });
  });
});

describe("the end of npm test", () => {
  const results = [
    {
      title: "kernel",
      passed: 10,
      failed: 1,
      skipped: 0,
      failures: ["packet got through\nline 2\nline 3"],
      seconds: 61.26,
      log: "k.log",
    },
    { title: "browser", passed: 5, failed: 0, skipped: 0, failures: [], seconds: 2, log: "b.log" },
  ];

  it("is one line of totals", () => {
    expect(formatTotal(results)).toBe("15 passed, 1 failed");
    expect(formatTotal([])).toBe("0 passed, 0 failed");
  });

  it("is preceded by a table with aligned columns", () => {
    expect(formatTable(results)).toEqual([
      "suite    passed  failed  skipped  seconds",
      "kernel       10       1        0     61.3",
      "browser       5       0        0      2.0",
    ]);
  });

  it("shows what failed, cut to what one can read", () => {
    expect(formatFailures(results, 2)).toEqual(["", "kernel  (log: k.log)", "  packet got through", "  line 2"]);
  });
});
