import { useState } from "react";
import { type GraphLayout, graphLayout, type LayoutNode } from "../layout/graph-layout.ts";
import type { GraphModel, GraphNode } from "../model/graph-model.ts";

type Arranged = { readonly ids: string; readonly layout: GraphLayout };

/**
 * Arranges the boxes, and leaves them where they are while the same boxes are drawn: when only lines come and go, the
 * eye keeps its place. A reload arranges anew, from the state alone.
 */
export function useStillLayout(model: GraphModel): GraphLayout {
  const ids = nodesOf(model)
    .map(({ id }) => id)
    .join(" ");
  const [arranged, setArranged] = useState<Arranged>(() => ({ ids, layout: layoutOf(model) }));
  if (arranged.ids === ids) return arranged.layout;
  const next = { ids, layout: layoutOf(model) };
  setArranged(next);
  return next.layout;
}

function nodesOf({ senders, keys, receivers }: GraphModel): readonly GraphNode[] {
  return [...senders, ...keys, ...receivers];
}

function layoutOf({ senders, keys, receivers, links }: GraphModel): GraphLayout {
  return graphLayout({
    senders: senders.map(layoutNode),
    tags: keys.map(layoutNode),
    receivers: receivers.map(layoutNode),
    links,
  });
}

function layoutNode(node: GraphNode): LayoutNode {
  const isPinned = node.column === "tag" ? node.key.kind !== "tag" : node.place.kind !== "profile";
  return { id: node.id, name: node.name, pinned: isPinned };
}
