import { findProblems } from "#analysis/findings/find-problems.ts";
import { formatGraphCsv } from "#analysis/format/as-csv.ts";
import { formatGraphDot } from "#analysis/format/as-dot.ts";
import { formatAuditReport } from "#analysis/format/as-report.ts";
import { formatGraphSvg } from "#analysis/format/as-svg.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";
import { placeKey } from "#components/reach/place-key.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { graphSearch } from "../model/graph-request.ts";
import { type Compared, type GraphRows, graphRows } from "../model/graph-view.ts";
import { pairsAt } from "../model/pair-table.ts";
import type { GraphQuestion } from "./graph-messages.ts";
import { reportedIntents } from "./reported-intents.ts";

type ExportQuestion = Extract<GraphQuestion, { readonly kind: "export" }>;

/** The rows of a view as a file's text; the formats are the judge's own. */
export function exportGraph(compared: Compared, { request, format, stamp, intents }: ExportQuestion): string {
  const { model } = compared;
  const rows = graphRows(compared, request);
  const reach = reachOf(model, rows, request.query === "" && request.selection.kind === "nothing");
  switch (format) {
    case "svg":
      return formatGraphSvg(reach, stamp);
    case "dot":
      return formatGraphDot(reach, stamp);
    case "csv":
      return formatGraphCsv(reach, stamp);
    case "report": {
      const asked = [
        ...(request.query === "" ? [] : [`Query: ${request.query}`]),
        `View: /graph${graphSearch(request)}`,
      ];
      return formatAuditReport({
        ...{ reach, stamp, asked },
        findings: findProblems(model.snapshot),
        intents: intents && reportedIntents(model.snapshot, intents),
      });
    }
  }
}

/** The judge's answer with only the rows of the view: the exports say what the page says. */
function reachOf({ reach, pairs }: GraphModel, rows: GraphRows, isWhole: boolean): Reachability {
  const allowed = pairsAt(pairs, rows.pairs);
  const stopped = new Set(rows.stops.map(({ from, to }) => `${placeKey(from)}>${placeKey(to)}`));
  const isStopped = ({ from, to }: ReachEdge) => stopped.has(`${placeKey(from)}>${placeKey(to)}`);
  return {
    ...reach,
    edges: (kind) => {
      if (kind === "allowed") return allowed;
      return isWhole || stopped.size > 0 ? reach.edges("half-open").filter(isStopped) : [];
    },
  };
}
