import { type KeyboardEvent, type RefObject, useCallback, useState } from "react";
import type { ColumnName, GraphLayout, PlacedNode } from "../layout/graph-layout.ts";
import type { GraphPart } from "../model/group-boxes.ts";

const COLUMN_ORDER: readonly ColumnName[] = ["sender", "tag", "receiver"];

export type NodeKeys = {
  /** The one box the Tab key stops at. */
  readonly tabStop: string | undefined;
  readonly setTabStop: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** Arrow keys walk the picture: up and down in a column, left and right along a line where there is one. */
export function useNodeKeys(root: RefObject<HTMLElement | null>, layout: GraphLayout, picture: GraphPart): NodeKeys {
  const [chosen, setTabStop] = useState<string>();
  const first = layout.columns.sender[0] ?? layout.columns.tag[0];
  const tabStop = chosen !== undefined && layout.byId.has(chosen) ? chosen : first?.id;
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const here = tabStop === undefined ? undefined : layout.byId.get(tabStop);
      const next = here === undefined ? undefined : neighbour(event.key, here, { layout, links: picture.links });
      if (next === undefined) return;
      event.preventDefault();
      setTabStop(next.id);
      root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next.id)}"]`)?.focus();
    },
    [tabStop, layout, picture, root],
  );
  return { tabStop, setTabStop, onKeyDown };
}

type Picture = { readonly layout: GraphLayout; readonly links: GraphPart["links"] };

function neighbour(key: string, here: PlacedNode, { layout, links }: Picture): PlacedNode | undefined {
  const column = layout.columns[here.column];
  switch (key) {
    case "ArrowUp":
      return column[here.row - 1];
    case "ArrowDown":
      return column[here.row + 1];
    case "Home":
      return column[0];
    case "End":
      return column.at(-1);
    case "ArrowLeft":
    case "ArrowRight":
      return across(key === "ArrowLeft" ? -1 : 1, here, { layout, links });
    default:
      return undefined;
  }
}

function across(step: -1 | 1, here: PlacedNode, { layout, links }: Picture): PlacedNode | undefined {
  const name = COLUMN_ORDER[COLUMN_ORDER.indexOf(here.column) + step];
  if (name === undefined) return undefined;
  const linked = new Set(
    links.flatMap(({ from, to }) => (step === 1 ? (from === here.id ? [to] : []) : to === here.id ? [from] : [])),
  );
  const column = layout.columns[name];
  const candidates = column.filter(({ id }) => linked.has(id));
  return nearest(candidates.length > 0 ? candidates : column, here.y);
}

function nearest(nodes: readonly PlacedNode[], y: number): PlacedNode | undefined {
  return nodes.reduce<PlacedNode | undefined>(
    (best, node) => (best === undefined || Math.abs(node.y - y) < Math.abs(best.y - y) ? node : best),
    undefined,
  );
}
