import { formatGraphCsv } from "#analysis/format/as-csv.ts";
import { formatGraphDot } from "#analysis/format/as-dot.ts";
import { graphJson } from "#analysis/format/as-json.ts";
import { formatGraphSvg } from "#analysis/format/as-svg.ts";
import { formatGraphText } from "#analysis/format/as-text.ts";
import { chooseEdges } from "#analysis/question/choose-edges.ts";
import { describeQuestionProblem } from "#analysis/question/describe-question-problem.ts";
import type { AnyNode } from "#analysis/reach/reach-node.ts";
import { deployedReachability, type Reachability, reachability } from "#analysis/reach/reachability.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { RunCommand } from "#cli/command.ts";
import { done, refused } from "#cli/command-result.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";

const FORMATS: Readonly<Record<string, (reach: Reachability<AnyNode>) => string>> = {
  text: formatGraphText,
  json: (reach) => `${JSON.stringify(graphJson(reach), undefined, 2)}\n`,
  dot: formatGraphDot,
  csv: formatGraphCsv,
  svg: formatGraphSvg,
};

/** `graph [--format=...] [--deployed] [--from=PLACE] [--to=PLACE]`: who can reach whom. */
export const printGraph: RunCommand = async ({ options }, { deps }) => {
  const name = String(options.format ?? "text");
  const format = FORMATS[name];
  if (format === undefined) throw new UsageError(`--format is ${Object.keys(FORMATS).join(", ")}, not "${name}"`);
  const snapshot = await loadSnapshot(await deps());
  const whole: Reachability<AnyNode> =
    options.deployed === true ? deployedReachability(snapshot) : reachability(snapshot);
  const reach = chooseEdges(whole, textOf(options.from), textOf(options.to));
  if (!reach.ok) return refused({ kind: "unknown-place" }, [describeQuestionProblem(reach.error)]);
  return done(format(reach.value), graphJson(reach.value));
};

function textOf(option: unknown): string | undefined {
  return option === undefined ? undefined : String(option);
}
