import { describeFinding } from "#analysis/findings/describe-finding.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatStamp, type Stamp } from "#analysis/format/stamp.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";

/** What an auditor is handed. */
export type AuditReport = {
  readonly reach: Reachability<AnyNode>;
  readonly stamp: Stamp;
  readonly findings: readonly Finding[];
  /** What was asked, in the order of asking: the query and the link it came from. */
  readonly asked: readonly string[];
  /** The promises kept about this policy, each with how it stands at the revision; absent where they could not be read. */
  readonly intents: readonly ReportedIntent[] | undefined;
};

/** A promise and how it stands, with what shows it: the deciding rule, since when, or why nobody could judge it. */
export type ReportedIntent = {
  readonly sentence: string;
  readonly state: "holds" | "broken" | "not-judged";
  readonly evidence?: string;
};

/** A wider matrix cannot be read on paper; the pairs are listed anyway. */
const MAX_COLUMNS = 40;

/**
 * The audit report as one HTML page without anything outside it: scope, revision, matrix, exposure to the world, every
 * pair, findings, promises and what was asked. The same input gives the same bytes.
 */
export function formatAuditReport(report: AuditReport): string {
  const { reach, stamp, findings, asked, intents } = report;
  const allowed = reach.edges("allowed");
  const exposed = allowed.filter(({ from, to }) => from.kind === "world" && to.kind !== "world");
  const title = `Who can reach whom, ${formatStamp(reach.revision, stamp)}`;
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${asText(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    "<h1>Who can reach whom</h1>",
    facts([
      ["Revision", String(reach.revision)],
      ["Time", stamp.time],
      ["Scope", stamp.scope],
      ["Open pairs", String(allowed.length)],
    ]),
    section("matrix", "Matrix", matrix(reach, allowed)),
    section("exposure", "Open to anywhere", pairTable(exposed, "Nothing is open to anywhere.")),
    section("pairs", "Every open pair", pairTable(allowed, "Nothing is open.")),
    section("findings", "Findings", list(findings.map(describeFinding), "Nothing was found.")),
    section("intents", "Intents", intentTable(intents)),
    section("asked", "What was asked", list(asked, "Everything.")),
    "</body></html>",
    "",
  ].join("\n");
}

const STYLE = [
  "body{font:13px/1.45 system-ui,sans-serif;color:#221a12;margin:32px auto;max-width:1100px;padding:0 16px}",
  "h1{font-size:20px}h2{font-size:15px;margin-top:28px;break-after:avoid}",
  "table{border-collapse:collapse;width:100%}td,th{border:1px solid #d5c9b8;padding:3px 6px;text-align:left;vertical-align:top}",
  "td.none{color:#6f6353;text-align:center}td,code{font-variant-numeric:tabular-nums}tr{break-inside:avoid}",
  "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dt{color:#6f6353}dd{margin:0}.wide{overflow-x:auto}",
  "@media print{body{margin:0;max-width:none}.wide{overflow:visible}}",
].join("");

function facts(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${asText(value)}</dd>`).join("")}</dl>`;
}

function section(id: string, title: string, body: string): string {
  return `<section id="${id}"><h2>${title}</h2>\n${body}</section>`;
}

function matrix({ nodes }: Reachability<AnyNode>, edges: readonly ReachEdge<AnyNode>[]): string {
  const [senders, receivers] = [
    new Set(edges.map((edge) => edge.fromIndex)),
    new Set(edges.map((edge) => edge.toIndex)),
  ];
  const [rows, columns] = [senders, receivers].map((used) =>
    nodes.flatMap((node, i) => (used.has(i) ? [{ node, i }] : [])),
  );
  if (rows === undefined || columns === undefined || columns.length === 0) return "<p>Nothing is open.</p>";
  if (columns.length > MAX_COLUMNS) {
    return `<p>${rows.length} senders and ${columns.length} receivers are too many for a table; every pair is listed below.</p>`;
  }
  const texts = new Map(
    edges.map((edge) => [`${edge.fromIndex} ${edge.toIndex}`, formatConnectionSet(edge.relation.allowed)]),
  );
  const head = columns.map(({ node }) => `<th scope="col">${asText(formatNode(node))}</th>`).join("");
  const body = rows.map(({ node, i }) => {
    const cells = columns.map(({ i: j }) => {
      const text = texts.get(`${i} ${j}`);
      return text === undefined ? '<td class="none">·</td>' : `<td>${asText(text)}</td>`;
    });
    return `<tr><th scope="row">${asText(formatNode(node))}</th>${cells.join("")}</tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>sends \\ receives</th>${head}</tr></thead>\n<tbody>${body.join("\n")}</tbody></table></div>`;
}

function pairTable(edges: readonly ReachEdge<AnyNode>[], none: string): string {
  if (edges.length === 0) return `<p>${none}</p>`;
  const rows = edges.map(({ from, to, relation }) => {
    const cells = [formatNode(from), formatNode(to), formatConnectionSet(relation.allowed)];
    return `<tr>${cells.map((cell) => `<td>${asText(cell)}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr><th>From</th><th>To</th><th>May send</th></tr></thead>\n<tbody>${rows.join("\n")}</tbody></table>`;
}

function list(lines: readonly string[], none: string): string {
  if (lines.length === 0) return `<p>${none}</p>`;
  return `<ul>${lines.map((line) => `<li>${asText(line)}</li>`).join("\n")}</ul>`;
}

const STATES = { holds: "Holds", broken: "Broken", "not-judged": "Not judged" } as const;

function intentTable(intents: AuditReport["intents"]): string {
  if (intents === undefined) return "<p>The intents could not be read, so nothing is said about them.</p>";
  if (intents.length === 0) return "<p>No intents are kept.</p>";
  const rows = intents.map(({ sentence, state, evidence = "" }) => {
    const cells = [STATES[state], sentence, evidence];
    return `<tr>${cells.map((cell) => `<td>${asText(cell)}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr><th>State</th><th>Intent</th><th>Evidence</th></tr></thead>\n<tbody>${rows.join("\n")}</tbody></table>`;
}

function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
