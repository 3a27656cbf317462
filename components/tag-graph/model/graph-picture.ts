import { type GraphLayout, graphLayout, type LayoutNode } from "../layout/graph-layout.ts";
import type { ChangeLink } from "./graph-changes.ts";
import type { GraphFocus, PathLink } from "./graph-focus.ts";
import type { GraphNode } from "./graph-model.ts";
import type { GraphStop } from "./graph-stops.ts";
import type { GraphPart, GroupedPart } from "./group-boxes.ts";

/** What the columns draw: plain JSON, a few hundred boxes at most. */
export type GraphPicture = GraphPart & {
  readonly layout: GraphLayout;
  readonly stops: readonly PictureStop[];
  readonly changes: readonly ChangeLink[];
  readonly focus: PictureFocus | undefined;
};

/** A stop at the box where it is drawn. */
export type PictureStop = {
  readonly id: string;
  readonly box: string;
  readonly stoppedBy: GraphStop["stoppedBy"];
  readonly words: string;
};

/** The part at full ink, by the ids of boxes. */
export type PictureFocus = {
  readonly selected: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly links: readonly PathLink[];
  readonly stops: ReadonlySet<string>;
  /** What one chosen pair may send through each key. */
  readonly labels: readonly { readonly key: string; readonly to: string; readonly text: string }[];
};

export type PictureSource = {
  readonly part: GroupedPart;
  readonly stops: readonly GraphStop[];
  readonly changes: readonly ChangeLink[];
  readonly focus: GraphFocus | undefined;
  readonly labels: PictureFocus["labels"];
};

/** Lines of a path beyond this say no more than the boxes do. */
const MAX_PATH = 1_500;

/** Arranges the boxes and names everything by the box that stands for it. */
export function graphPicture({ part, stops, changes, focus, labels }: PictureSource, placesOf: StopEnds): GraphPicture {
  const { senders, keys, receivers, links, boxOf } = part;
  const drawn = new Set([...senders, ...keys, ...receivers].map(({ id }) => id));
  const placed = stops.flatMap((stop): readonly PictureStop[] => {
    const box = boxOf(placesOf(stop));
    return drawn.has(box) ? [{ id: stop.id, box, stoppedBy: stop.stoppedBy, words: stopWords(stop) }] : [];
  });
  return {
    ...{ senders, keys, receivers, links },
    layout: layoutOf(part),
    stops: placed,
    changes: distinct(changes.map((each) => renamed(each, boxOf))).filter(
      (each) => drawn.has(each.from) && drawn.has(each.to),
    ),
    focus: focus && focusOf(focus, { part, stops: placed, labels, drawn }),
  };
}

/** The id of the box at which a stop's half line is drawn. */
export type StopEnds = (stop: GraphStop) => string;

function stopWords({ positions, text }: GraphStop): string {
  return positions.length === 0 ? `no rule · ${text}` : `rule ${positions.join(", ")} · ${text}`;
}

type FocusParts = Pick<PictureSource, "part" | "labels"> & {
  readonly stops: readonly PictureStop[];
  readonly drawn: ReadonlySet<string>;
};

function focusOf(
  { selected, nodes, links }: GraphFocus,
  { part: { boxOf }, stops, labels, drawn }: FocusParts,
): PictureFocus {
  const chosen = new Set([...selected].map(boxOf));
  const path = distinct(links.map((each) => renamed(each, boxOf)));
  return {
    selected: chosen,
    nodes: new Set([...nodes].map(boxOf)),
    links: path.filter(({ from, to }) => drawn.has(from) && drawn.has(to)).slice(0, MAX_PATH),
    stops: new Set(stops.filter(({ box }) => chosen.has(box)).map(({ id }) => id)),
    labels,
  };
}

function renamed<L extends PathLink>(each: L, boxOf: (id: string) => string): L {
  const [from, to] = [boxOf(each.from), boxOf(each.to)];
  return from === each.from && to === each.to
    ? each
    : { ...each, from, to, id: each.id.replace(/\S+ \S+$/, `${from} ${to}`) };
}

function distinct<L extends PathLink>(links: readonly L[]): readonly L[] {
  return [...new Map(links.map((each) => [each.id, each])).values()];
}

const layouts = new WeakMap<GraphPart, GraphLayout>();

function layoutOf(part: GraphPart): GraphLayout {
  const known = layouts.get(part);
  if (known !== undefined) return known;
  const layout = graphLayout({
    senders: part.senders.map(layoutNode),
    tags: part.keys.map(layoutNode),
    receivers: part.receivers.map(layoutNode),
    links: part.links,
  });
  layouts.set(part, layout);
  return layout;
}

function layoutNode(node: GraphNode): LayoutNode {
  const isPinned =
    node.column === "tag"
      ? node.key.kind === "anyone" || node.key.kind === "range"
      : node.place.kind === "world" || node.place.kind === "cidr";
  return { id: node.id, name: node.name, pinned: isPinned };
}
