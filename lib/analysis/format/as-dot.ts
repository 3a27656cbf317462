import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatStamp, type Stamp } from "#analysis/format/stamp.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability } from "#analysis/reach/reachability.ts";

/** The allowed pairs as a Graphviz digraph; nodes without an edge are drawn too. */
export function formatGraphDot(reach: Reachability<AnyNode>, stamp?: Stamp): string {
  const nodes = reach.nodes.map((node) => `  ${quote(formatNode(node))} [shape=${SHAPES[node.kind]}];`);
  const edges = reach
    .edges("allowed")
    .map(
      ({ from, to, relation }) =>
        `  ${quote(formatNode(from))} -> ${quote(formatNode(to))} [label=${quote(formatConnectionSet(relation.allowed))}];`,
    );
  return [
    "digraph reachability {",
    `  label=${quote(formatStamp(reach.revision, stamp))};`,
    ...nodes,
    ...edges,
    "}",
    "",
  ].join("\n");
}

const SHAPES: Readonly<Record<AnyNode["kind"], string>> = {
  world: "doublecircle",
  cidr: "box",
  profile: "ellipse",
  profiles: "ellipse",
};

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
