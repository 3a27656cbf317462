"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphFocus } from "../model/graph-focus.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { formatKey } from "../model/graph-relations.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import type { LatestChange } from "../use-latest-change.ts";
import { KeyPanel } from "./key-panel.tsx";
import { OverviewPanel } from "./overview-panel.tsx";
import { PairPanel } from "./pair-panel.tsx";
import { PlacePanel } from "./place-panel.tsx";

type GraphPanelProps = {
  readonly model: GraphModel;
  readonly selection: GraphSelection;
  /** Absent when nothing is selected, or what was selected is gone. */
  readonly focus: GraphFocus | undefined;
  readonly change: LatestChange | undefined;
  readonly onSelect: (selection: GraphSelection) => void;
};

/** The argument beside the picture: what is selected, why it is so, and what hangs on it. */
export function GraphPanel({ model, selection, focus, change, onSelect }: GraphPanelProps) {
  const isOpen = focus !== undefined;
  return (
    <aside
      aria-label="Why"
      className={`thin-scroll flex w-[340px] shrink-0 flex-col overflow-y-auto border-s border-line bg-surface max-lg:w-full max-lg:border-s-0 max-lg:border-t ${isOpen ? "max-lg:max-h-[52%] max-lg:shadow-3" : "max-lg:hidden"}`}
    >
      {isOpen ? (
        <div className="sticky top-2 z-10 -mb-6 flex justify-end px-2 lg:hidden">
          <Button look="plain" size="icon" aria-label="Close" onClick={() => onSelect({ kind: "nothing" })}>
            <Icon of={X} size={14} />
          </Button>
        </div>
      ) : null}
      <PanelContent {...{ model, selection, focus, change, onSelect }} />
    </aside>
  );
}

function PanelContent({ model, selection, focus, change, onSelect }: GraphPanelProps) {
  if (focus === undefined) return <OverviewPanel {...{ model, change, onSelect }} />;
  switch (selection.kind) {
    case "nothing":
      return <OverviewPanel {...{ model, change, onSelect }} />;
    case "pair":
      return <PairPanel {...{ model, onSelect }} from={selection.from} to={selection.to} />;
    case "sender":
    case "receiver":
      return <PlacePanel {...{ model, selection, focus, onSelect }} />;
    case "key": {
      const node = model.keys.find(({ key }) => formatKey(key) === selection.key);
      return node === undefined ? null : <KeyPanel {...{ model, node, focus, onSelect }} />;
    }
  }
}
