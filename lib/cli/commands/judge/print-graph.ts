import { formatGraphCsv } from "#analysis/format/as-csv.ts";
import { formatGraphDot } from "#analysis/format/as-dot.ts";
import { graphJson } from "#analysis/format/as-json.ts";
import { formatGraphSvg } from "#analysis/format/as-svg.ts";
import { formatGraphText } from "#analysis/format/as-text.ts";
import { type AnyNode, formatNode } from "#analysis/reach-node.ts";
import { deployedReachability, type Reachability, reachability } from "#analysis/reachability.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { RunCommand } from "#cli/command.ts";
import { type CommandResult, done, refused } from "#cli/command-result.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { parseCidr } from "#policy/cidr.ts";
import { assertNever } from "#prelude/assert-never.ts";
import { err, ok, type Result } from "#prelude/result.ts";

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
  const from = chosenNode(whole, options.from);
  if (!from.ok) return from.error;
  const to = chosenNode(whole, options.to);
  if (!to.ok) return to.error;
  const reach: Reachability<AnyNode> = {
    ...whole,
    edges: (kind) =>
      whole.edges(kind).filter((edge) => isChosen(edge.fromIndex, from.value) && isChosen(edge.toIndex, to.value)),
  };
  return done(format(reach), graphJson(reach));
};

function isChosen(index: number, chosen: number | undefined): boolean {
  return chosen === undefined || chosen === index;
}

/** The graph's place that a PLACE names; `undefined` when none was asked for. */
function chosenNode({ nodes }: Reachability<AnyNode>, asked: unknown): Result<number | undefined, CommandResult> {
  if (asked === undefined) return ok(undefined);
  const text = String(asked);
  const index = nodes.findIndex((node) => isNamed(node, text));
  if (index >= 0) return ok(index);
  return err(refused({ kind: "unknown-place" }, [`the graph has no place ${text}`]));
}

/** A profile may be called world, too: then only `profile:world` names it. */
function isNamed(node: AnyNode, text: string): boolean {
  switch (node.kind) {
    case "world":
      return text === "world";
    case "cidr": {
      const net = parseCidr(text);
      return net.ok && net.value.text === node.cidr;
    }
    case "profile":
      return text === `profile:${node.id}` || (text === node.id && text !== "world");
    case "profiles":
      return text === formatNode(node) || text === node.ids.join();
    default:
      return assertNever(node);
  }
}
