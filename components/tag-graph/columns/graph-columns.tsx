"use client";

import { useMemo, useRef } from "react";
import type { GraphNode } from "../model/graph-model.ts";
import type { GraphPicture, PictureFocus } from "../model/graph-picture.ts";
import { boxKey, selectNode } from "../model/graph-selection.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { GraphLegend } from "./graph-legend.tsx";
import { GraphLines } from "./graph-lines.tsx";
import { NodeBox } from "./node-box.tsx";
import { useDrawLine } from "./use-draw-line.ts";
import { useNodeKeys } from "./use-node-keys.ts";
import { useStillLayout } from "./use-still-layout.ts";
import { Minimap, ZoomBar } from "./zoom-bar.tsx";

type GraphColumnsProps = {
  readonly shown: ShownView;
  readonly dial: GraphDial;
  readonly onDraw: (drawn: { readonly from: string; readonly to: string }) => void;
};

/** Senders, tags, receivers. Boxes are placed by style sheet, lines between two columns stretch with their gap. */
export function GraphColumns({ shown, dial, onDraw }: GraphColumnsProps) {
  const { picture } = shown.view;
  const { show } = shown.request;
  const root = useRef<HTMLDivElement>(null);
  const { zoom } = dial.request;
  const layout = useStillLayout(picture);
  const nodeById = useMemo(() => new Map(nodesOf(picture).map((node) => [node.id, node])), [picture]);
  const keys = useNodeKeys(root, layout, picture);
  const draw = useDrawLine(root, (from, to) => onDraw(placesOf(nodeById, from, to)));
  const select = (node: GraphNode) => dial.select((before) => selectNode(before, node));
  const column = (name: "sender" | "tag" | "receiver") =>
    layout.columns[name].flatMap(({ id, y }) => {
      const node = nodeById.get(id);
      if (node === undefined) return [];
      return (
        <NodeBox
          key={id}
          {...{ node, y }}
          isTabStop={id === keys.tabStop}
          look={lookOf(id, picture.focus)}
          onSelect={() => select(node)}
          onFocus={() => keys.setTabStop(id)}
        />
      );
    });
  return (
    <div className="flex grow flex-col px-[22px] pb-3 max-md:px-3">
      <ZoomBar zoom={zoom} onZoom={(next) => dial.turn({ zoom: next })} height={layout.height} place={root} />
      <div style={{ zoom: zoom / 100 }}>
        <div className={COLUMNS}>
          <ColumnTitle name="Senders" hint="hold a tag" />
          <span />
          <ColumnTitle name="Tags" hint="held · admitted" />
          <span />
          <ColumnTitle name="Receivers" hint="ports" />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form. */}
        <div
          ref={root}
          role="group"
          aria-label="Graph in columns. Arrow keys move, Enter chooses, Escape clears. The table holds the same."
          onKeyDown={keys.onKeyDown}
          onPointerDown={draw.onPointerDown}
          className={`${COLUMNS} relative`}
          style={{ height: layout.height }}
        >
          <div className="relative">{column("sender")}</div>
          <GraphLines side="left" {...{ picture, layout, show }} />
          <div className="relative">{column("tag")}</div>
          <GraphLines side="right" {...{ picture, layout, show }} />
          <div className="relative">{column("receiver")}</div>
          {draw.line === undefined ? null : <DrawnLine {...draw.line} />}
        </div>
      </div>
      <GraphLegend picture={picture} show={show} />
      <Minimap layout={layout} zoom={zoom} place={root} />
    </div>
  );
}

const COLUMNS =
  "grid grid-cols-[minmax(0,142px)_minmax(28px,1fr)_minmax(0,166px)_minmax(28px,1fr)_minmax(0,178px)] max-md:grid-cols-[minmax(0,1fr)_28px_minmax(0,1fr)_28px_minmax(0,1fr)]";

function ColumnTitle({ name, hint }: { readonly name: string; readonly hint: string }) {
  return (
    <h2 className="flex items-baseline gap-2 pb-3 text-small font-[600]">
      {name}
      <span className="font-[400] text-ink-3 max-md:hidden">{hint}</span>
    </h2>
  );
}

type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** The line that follows the pointer: amber, because it is yours and not yet true. */
function DrawnLine(line: Line) {
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 z-20 size-full overflow-visible"
      fill="none"
    >
      <line {...line} className="stroke-focus" strokeWidth="2" strokeDasharray="2 4" strokeLinecap="round" />
    </svg>
  );
}

function placesOf(nodes: ReadonlyMap<string, GraphNode>, from: string, to: string) {
  const key = (id: string) => {
    const node = nodes.get(id);
    return node === undefined || node.column === "tag" ? id : boxKey(node.place);
  };
  return { from: key(from), to: key(to) };
}

function nodesOf({ senders, keys, receivers }: GraphPicture): readonly GraphNode[] {
  return [...senders, ...keys, ...receivers];
}

function lookOf(id: string, focus: PictureFocus | undefined): "rest" | "selected" | "focus" | "faded" {
  if (focus === undefined) return "rest";
  if (focus.selected.has(id)) return "selected";
  return focus.nodes.has(id) ? "focus" : "faded";
}
