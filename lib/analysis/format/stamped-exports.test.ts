import { describe, expect, it } from "vitest";
import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems } from "#analysis/findings/find-problems.ts";
import { formatGraphCsv } from "#analysis/format/as-csv.ts";
import { formatGraphDot } from "#analysis/format/as-dot.ts";
import { formatAuditReport } from "#analysis/format/as-report.ts";
import { formatGraphSvg } from "#analysis/format/as-svg.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatNode } from "#analysis/reach/reach-node.ts";
import { reachability } from "#analysis/reach/reachability.ts";
import { snapshotOf } from "#testing/ask-state.ts";

const allow = { action: "allow" };
const snapshot = snapshotOf({
  profiles: {
    WEB: {
      tags: ["WEB", "KEY"],
      rules: { inbound_rules: [{ ...allow, protocol: "tcp", dst_ports: [80, 443] }], outbound_rules: [allow] },
    },
    APP: {
      tags: ["APP"],
      rules: { inbound_rules: [{ ...allow, protocol: "tcp", src_tag: "KEY", dst_ports: [7890] }], outbound_rules: [] },
    },
  },
});
const reach = reachability(snapshot);
const wanted = reach
  .edges("allowed")
  .map(({ from, to, relation }) => [formatNode(from), formatNode(to), formatConnectionSet(relation.allowed)]);
const stamp = { time: "2026-11-23T09:00:00Z", scope: "from:WEB <script>" };
const text = (html: string) =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

describe("R16 an export read back", () => {
  it("as csv has the judge's pairs, every row stamped", () => {
    const [head, ...rows] = formatGraphCsv(reach, stamp).trimEnd().split("\r\n").map(cellsOf);
    expect(head).toEqual(["from", "to", "state", "connections", "revision", "time"]);
    const allowed = rows.filter(([, , state]) => state === "allowed");
    expect(allowed.map(([from, to, , what]) => [from, to, what])).toEqual(wanted);
    expect(new Set(rows.map((row) => row.slice(4).join()))).toEqual(new Set([`${reach.revision},${stamp.time}`]));
  });

  it("as dot has the judge's pairs and the stamp as its label", () => {
    const dot = formatGraphDot(reach, stamp);
    const edges = [...dot.matchAll(/^ {2}"(.*)" -> "(.*)" \[label="(.*)"\];$/gm)].map(([, from, to, what]) => [
      from,
      to,
      what,
    ]);
    expect(edges).toEqual(wanted);
    expect(dot).toContain(`label="revision ${reach.revision}, ${stamp.time}, ${stamp.scope}"`);
  });

  it("as svg has a line for each of the judge's pairs, in words, and the stamp in its title", () => {
    const svg = formatGraphSvg(reach, stamp);
    const solid = [...svg.matchAll(/<line [^>]*stroke-width="1.5"><title>([^<]*)<\/title>/g)].map(([, words]) =>
      text(words ?? ""),
    );
    expect(solid).toEqual(wanted.map(([, , what]) => what));
    expect(text(/<title>(.*?)<\/title>/.exec(svg)?.[1] ?? "")).toContain(`${stamp.time}, ${stamp.scope}`);
    expect(svg).not.toContain("<script>");
  });

  it("as a report has the pairs, the matrix, the exposure and the findings, and nothing from outside", () => {
    const findings = findProblems(snapshot);
    const html = formatAuditReport({
      reach,
      stamp,
      findings,
      asked: ["Query: from:WEB"],
      intents: [
        { sentence: "WEB must reach APP", state: "holds" },
        { sentence: "world must not reach WEB", state: "broken", evidence: "since rev 41, by WEB inbound 1" },
      ],
    });
    const rowsIn = (id: string) => {
      const part = html.slice(
        html.indexOf(`<section id="${id}"`),
        html.indexOf("</section>", html.indexOf(`<section id="${id}"`)),
      );
      return [...part.matchAll(/<tr>((?:<td>[^<]*<\/td>)+)<\/tr>/g)].map(([, cells]) =>
        [...(cells ?? "").matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell]) => text(cell ?? "")),
      );
    };
    expect(rowsIn("pairs")).toEqual(wanted);
    expect(rowsIn("exposure")).toEqual(wanted.filter(([from]) => from === "world"));
    expect(matrixIn(html)).toEqual(wanted);
    const said = [...html.matchAll(/<li>([^<]*)<\/li>/g)].map(([, line]) => text(line ?? ""));
    expect(said).toEqual([...findings.map(describeFinding), "Query: from:WEB"]);
    expect(rowsIn("intents")).toEqual([
      ["Holds", "WEB must reach APP", ""],
      ["Broken", "world must not reach WEB", "since rev 41, by WEB inbound 1"],
    ]);
    const facts = [...html.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, name, value]) => [name, value]);
    expect(facts).toContainEqual(["Revision", String(reach.revision)]);
    expect(facts).toContainEqual(["Time", stamp.time]);
    expect(text(String(facts.find(([name]) => name === "Scope")?.[1]))).toBe(stamp.scope);
    expect(html).not.toMatch(/<script|src=|href=|url\(|@import/);
  });
});

/** The cells of the matrix that are not empty, as from, to and what. */
function matrixIn(html: string): readonly (readonly string[])[] {
  const part = html.slice(html.indexOf('id="matrix"'), html.indexOf('id="exposure"'));
  const columns = [...part.matchAll(/<th scope="col">([^<]*)<\/th>/g)].map(([, name]) => text(name ?? ""));
  return [...part.matchAll(/<tr><th scope="row">([^<]*)<\/th>(.*?)<\/tr>/g)].flatMap(([, from, cells]) =>
    [...(cells ?? "").matchAll(/<td( class="none")?>([^<]*)<\/td>/g)].flatMap(([, isNone, what], index) =>
      isNone === undefined ? [[text(from ?? ""), columns[index] ?? "", text(what ?? "")]] : [],
    ),
  );
}

/** One line of RFC 4180. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
