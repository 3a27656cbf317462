import { describeEvaluation, explainEvaluation } from "#analysis/question/describe-side.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Issue } from "#policy/issue.ts";
import { parseJsonText } from "#policy/json/parse-json-text.ts";
import type { Evaluation, Probe, Verdict } from "#policy/packet.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { fieldOf, isJsonObject, kindOfValue } from "#policy/rule-fields/json-object.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** One policy test's outcome (cli.md, Policy tests). `error` stands for a test that could not be asked; it has failed. */
export type PolicyTestResult = {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict | "error";
  readonly expect: string;
  readonly passed: boolean;
  /** What decided, in one line; for a test that could not be asked, why. */
  readonly explanation: string;
};

export type PolicyTestReport = {
  readonly results: readonly PolicyTestResult[];
  readonly passed: number;
  readonly failed: number;
};

/** Reads a file of policy tests; the tests themselves are checked one by one when they run. */
export function parsePolicyTests(text: string): Result<readonly unknown[], Issue> {
  const json = parseJsonText(text);
  if (!json.ok) return err({ ...json.error, path: [] });
  if (Array.isArray(json.value)) return ok(json.value as readonly unknown[]);
  return err({ kind: "wrong-type", found: kindOfValue(json.value), expected: "a list of policy tests", path: [] });
}

type Evaluate = (probe: Probe) => Evaluation;
type FindState = (given: unknown) => { readonly evaluate?: Evaluate; readonly problem?: string };

/** Different states kept ready at once: files list the tests of one state together, or share few. */
const MAX_PREPARED_STATES = 256;

/**
 * Runs decoded policy tests in order; those without `given` against the fallback. Never throws: a test that is no test
 * fails with the reason. Tests with equal states share one evaluator.
 */
export function runPolicyTests(tests: readonly unknown[], fallback?: Snapshot): PolicyTestReport {
  const findState = createStateFinder(fallback);
  const results = tests.map((test, index) => runPolicyTest(test, `#${index + 1}`, findState));
  const passed = results.filter((result) => result.passed).length;
  return { results, passed, failed: results.length - passed };
}

function runPolicyTest(test: unknown, place: string, findState: FindState): PolicyTestResult {
  if (!isJsonObject(test))
    return unasked({ id: place, title: "", expect: "" }, `a test is an object, not ${kindOfValue(test)}`);
  const { id, title, expect } = {
    id: textOf(test.id, place),
    title: textOf(test.title, ""),
    expect: textOf(test.expect, ""),
  };
  const heading = { id, title, expect };
  if (expect !== "allow" && expect !== "deny") return unasked(heading, 'expect must be "allow" or "deny"');
  const probe = parseProbe(fieldOf(test, "probe"));
  if (!probe.ok) return unasked(heading, describeIssues("probe", probe.error));
  const { evaluate, problem } = findState(fieldOf(test, "given"));
  if (evaluate === undefined) return unasked(heading, problem ?? "there is no state to ask");
  const evaluation = evaluate(probe.value);
  const { verdict } = evaluation;
  const passed = verdict === expect;
  // The nearest miss takes a second walk with every criterion: worth it where somebody will look for a reason.
  const explanation = passed ? describeEvaluation(evaluation) : explainEvaluation(evaluation);
  return { ...heading, verdict, passed, explanation };
}

type Heading = Pick<PolicyTestResult, "id" | "title" | "expect">;

function unasked(heading: Heading, explanation: string): PolicyTestResult {
  return { ...heading, verdict: "error", passed: false, explanation };
}

function createStateFinder(fallback: Snapshot | undefined): FindState {
  const prepared = new Map<string, ReturnType<FindState>>();
  const own = fallback === undefined ? {} : { evaluate: createEvaluator(fallback) };
  return (given) => {
    if (given === undefined) return own;
    const key = JSON.stringify(given);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const state = prepareState(given);
    if (prepared.size >= MAX_PREPARED_STATES) prepared.clear();
    prepared.set(key, state);
    return state;
  };
}

function prepareState(given: unknown): ReturnType<FindState> {
  const { entries, issues } = parseStateValue(given);
  if (issues.length > 0) return { problem: describeIssues("given", issues) };
  return { evaluate: createEvaluator(snapshotFromEntries(entries)) };
}

function describeIssues(part: string, issues: readonly Issue[]): string {
  return issues.map((issue) => describeIssue({ ...issue, path: [part, ...issue.path] })).join("; ");
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : otherwise;
}
