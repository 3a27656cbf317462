"use client";

import { useMemo, useRef } from "react";
import type { GraphFocus } from "../model/graph-focus.ts";
import type { GraphModel, GraphNode } from "../model/graph-model.ts";
import { selectNode } from "../model/graph-selection.ts";
import type { GraphView } from "../use-graph-view.ts";
import { GraphLegend } from "./graph-legend.tsx";
import { GraphLines } from "./graph-lines.tsx";
import { NodeBox } from "./node-box.tsx";
import { useNodeKeys } from "./use-node-keys.ts";
import { useStillLayout } from "./use-still-layout.ts";

type GraphColumnsProps = {
  readonly model: GraphModel;
  readonly focus: GraphFocus | undefined;
  readonly onSelect: GraphView["select"];
};

/** Senders, tags, receivers. Boxes are placed by style sheet, lines between two columns stretch with their gap. */
export function GraphColumns({ model, focus, onSelect }: GraphColumnsProps) {
  const root = useRef<HTMLDivElement>(null);
  const layout = useStillLayout(model);
  const nodeById = useMemo(() => new Map(nodesOf(model).map((node) => [node.id, node])), [model]);
  const keys = useNodeKeys(root, layout, model);
  const select = (node: GraphNode) => onSelect((before) => selectNode(before, node));
  const column = (name: "sender" | "tag" | "receiver") =>
    layout.columns[name].flatMap(({ id, y }) => {
      const node = nodeById.get(id);
      if (node === undefined) return [];
      return (
        <NodeBox
          key={id}
          {...{ node, y }}
          isTabStop={id === keys.tabStop}
          look={lookOf(id, focus)}
          onSelect={() => select(node)}
          onFocus={() => keys.setTabStop(id)}
        />
      );
    });
  return (
    <div className="flex grow flex-col px-[22px] pb-3 max-md:px-3">
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
        className={COLUMNS}
        style={{ height: layout.height }}
      >
        <div className="relative">{column("sender")}</div>
        <GraphLines side="left" {...{ model, layout, focus }} />
        <div className="relative">{column("tag")}</div>
        <GraphLines side="right" {...{ model, layout, focus }} />
        <div className="relative">{column("receiver")}</div>
      </div>
      <GraphLegend model={model} />
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

function nodesOf({ senders, keys, receivers }: GraphModel): readonly GraphNode[] {
  return [...senders, ...keys, ...receivers];
}

function lookOf(id: string, focus: GraphFocus | undefined): "rest" | "selected" | "focus" | "faded" {
  if (focus === undefined) return "rest";
  if (focus.selected.has(id)) return "selected";
  return focus.nodes.has(id) ? "focus" : "faded";
}
