"use client";

import { Waypoints, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Drawn } from "../access/drawn.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { GroupPanel, PairsPanel } from "./group-panel.tsx";
import { KeyPanel } from "./key-panel.tsx";
import { OverviewPanel } from "./overview-panel.tsx";
import { PairPanel } from "./pair-panel.tsx";
import { PanelHead } from "./panel-parts.tsx";
import { PlacePanel } from "./place-panel.tsx";

type GraphPanelProps = {
  readonly shown: ShownView;
  readonly dial: GraphDial;
  readonly onDraw: (drawn: Drawn) => void;
};

/** The argument beside the picture: what is selected, why it is so, and what hangs on it. */
export function GraphPanel({ shown, dial, onDraw }: GraphPanelProps) {
  const isOpen = shown.view.panel.kind !== "overview" && shown.view.panel.kind !== "counting";
  return (
    <aside
      aria-label="Why"
      className={`thin-scroll flex w-[340px] shrink-0 flex-col overflow-y-auto border-s border-line bg-surface max-lg:w-full max-lg:border-s-0 max-lg:border-t ${isOpen ? "max-lg:max-h-[52%] max-lg:shadow-3" : "max-lg:hidden"}`}
    >
      {isOpen ? (
        <div className="sticky top-2 z-10 -mb-6 flex justify-end px-2 lg:hidden">
          <Button look="plain" size="icon" aria-label="Close" onClick={() => dial.select({ kind: "nothing" })}>
            <Icon of={X} size={14} />
          </Button>
        </div>
      ) : null}
      <PanelContent {...{ shown, dial, onDraw }} />
    </aside>
  );
}

function PanelContent({ shown, dial, onDraw }: GraphPanelProps) {
  const { panel, revision } = shown.view;
  const onSelect = dial.select;
  switch (panel.kind) {
    case "counting":
      return (
        <PanelHead
          mark={<Icon of={Waypoints} size={20} className="text-ink-3" />}
          title="Working out who reaches whom"
          detail={`between ${shown.view.counts.profiles} profiles at rev ${revision}. The boxes stand already.`}
        />
      );
    case "overview":
      return <OverviewPanel {...{ shown, panel, onSelect }} />;
    case "pair":
      return <PairPanel {...{ panel, onSelect, onDraw }} />;
    case "pairs":
      return <PairsPanel {...{ panel, onSelect }} />;
    case "place":
      return <PlacePanel {...{ panel, revision, onSelect, onDraw }} />;
    case "group":
      return <GroupPanel {...{ panel, dial }} />;
    case "key":
      return <KeyPanel {...{ panel, onSelect }} />;
  }
}
