import { type ConnectionSet, isEmpty } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import type { Stamp } from "#analysis/format/stamp.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";

/**
 * The pairs as a table for spreadsheets (RFC 4180): what passes, and what only one side allows. With a stamp every row
 * says of which revision and time it is, because rows are copied out of tables.
 */
export function formatGraphCsv(reach: Reachability<AnyNode>, stamp?: Stamp): string {
  const stamped = stamp === undefined ? [] : [String(reach.revision), stamp.time];
  const rows = [
    ...reach.edges("allowed").map((edge) => row(edge, "allowed", edge.relation.allowed)),
    ...reach
      .edges("half-open")
      .flatMap((edge) => [
        ...(isEmpty(edge.relation.senderOnly) ? [] : [row(edge, "receiver stops", edge.relation.senderOnly)]),
        ...(isEmpty(edge.relation.receiverOnly) ? [] : [row(edge, "sender stops", edge.relation.receiverOnly)]),
      ]),
  ];
  const head = ["from", "to", "state", "connections", ...(stamp === undefined ? [] : ["revision", "time"])];
  const lines = [head, ...rows.map((cells) => [...cells, ...stamped])];
  return lines.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function row({ from, to }: ReachEdge<AnyNode>, state: string, set: ConnectionSet): readonly string[] {
  return [formatNode(from), formatNode(to), state, formatConnectionSet(set)];
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
