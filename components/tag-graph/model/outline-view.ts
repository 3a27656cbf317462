import { drawnPart } from "./drawn-part.ts";
import type { GraphOutline } from "./graph-model.ts";
import { graphPicture } from "./graph-picture.ts";
import type { GraphRequest } from "./graph-request.ts";
import type { GraphView } from "./graph-view.ts";
import { boxCount, groupCountOf, hubKeys } from "./group-boxes.ts";

/** True where a request's picture needs nobody judged: only the boxes and lines that stand in the profiles. */
export function needsNoJudge({ view, show, query, selection, rev, vs }: GraphRequest): boolean {
  const isPlain = query.trim() === "" && selection.kind === "nothing";
  return view === "columns" && show === "allowed" && isPlain && rev === undefined && vs === undefined;
}

/** The same picture as the view's, with nothing counted yet. */
export function outlineView(outline: GraphOutline, request: GraphRequest): GraphView {
  const { whole, grouped } = drawnPart(outline, request);
  const source = { part: grouped, stops: [], changes: [], focus: undefined, labels: [] };
  return {
    revision: outline.revision,
    isCounted: false,
    counts: {
      ...{ pairs: 0, inside: 0, stops: 0, areStopsComplete: false, changes: 0, shown: 0 },
      profiles: outline.snapshot.profiles.size,
      boxes: boxCount(whole),
    },
    picture: graphPicture(source, () => ""),
    grouping: grouped.kind,
    groupCount: groupCountOf(grouped),
    hubs: hubKeys(whole),
    panel: { kind: "counting" },
    queryIssues: [],
    isGone: false,
  };
}
