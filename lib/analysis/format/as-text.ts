import { isEmpty } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";

/**
 * The graph as lines: `WEB -> APP: tcp 7890; icmp type 8`, then the pairs of profiles that one side stops, with what
 * only the sender or only the receiver allows.
 */
export function formatGraphText(reach: Reachability<AnyNode>): string {
  const allowed = reach.edges("allowed").map((edge) => `${arrow(edge)}: ${formatConnectionSet(edge.relation.allowed)}`);
  const halfOpen = reach.edges("half-open").flatMap(halfOpenLines);
  const sections = [allowed.length === 0 ? ["Nothing is allowed."] : ["Allowed:", ...allowed]];
  if (halfOpen.length > 0) sections.push(["Half open:", ...halfOpen]);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function arrow({ from, to }: ReachEdge<AnyNode>): string {
  return `${formatNode(from)} -> ${formatNode(to)}`;
}

function halfOpenLines(edge: ReachEdge<AnyNode>): readonly string[] {
  const { senderOnly, receiverOnly } = edge.relation;
  return [
    ...(isEmpty(senderOnly) ? [] : [`${arrow(edge)}: receiver stops ${formatConnectionSet(senderOnly)}`]),
    ...(isEmpty(receiverOnly) ? [] : [`${arrow(edge)}: sender stops ${formatConnectionSet(receiverOnly)}`]),
  ];
}
