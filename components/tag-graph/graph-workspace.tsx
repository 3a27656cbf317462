"use client";

import { lazy, Suspense, useState } from "react";
import type { Drawn } from "./access/drawn.ts";
import { FocusLine } from "./bar/focus-line.tsx";
import { GraphToolbar } from "./bar/graph-toolbar.tsx";
import { RevisionNote } from "./bar/revision-note.tsx";
import { GraphColumns } from "./columns/graph-columns.tsx";
import { latestWords } from "./latest-words.ts";
import { GraphPanel } from "./panel/graph-panel.tsx";
import type { ShownView } from "./use-graph-answer.ts";
import type { GraphDial } from "./use-graph-dial.ts";

const GraphTable = lazy(() => import("./table/graph-table.tsx").then((module) => ({ default: module.GraphTable })));
const GraphMatrix = lazy(() => import("./matrix/graph-matrix.tsx").then((module) => ({ default: module.GraphMatrix })));
const GraphFree = lazy(() => import("./free/graph-free.tsx").then((module) => ({ default: module.GraphFree })));
const ProposeDialog = lazy(() =>
  import("./access/propose-dialog.tsx").then((module) => ({ default: module.ProposeDialog })),
);

type GraphWorkspaceProps = {
  readonly shown: ShownView;
  readonly isStale: boolean;
  readonly stamp: object;
  readonly dial: GraphDial;
};

/** The picture, the matrix or the tree grid at the left, the argument at the right. */
export function GraphWorkspace({ shown, isStale, stamp, dial }: GraphWorkspaceProps) {
  const { view, latest } = shown;
  const [drawn, setDrawn] = useState<Drawn>();
  return (
    <div className="flex min-h-0 grow max-lg:flex-col">
      <div
        aria-busy={isStale}
        className="thin-scroll relative flex min-h-0 min-w-0 grow flex-col overflow-y-auto bg-sunken"
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-[22px] pt-3 max-md:px-4 lg:hidden">
          <GraphToolbar dial={dial} issues={view.queryIssues} />
        </div>
        <RevisionNote shown={shown} dial={dial} />
        <FocusLine shown={shown} dial={dial} />
        <Suspense fallback={null}>
          <Picture {...{ shown, stamp, dial }} onDraw={setDrawn} />
        </Suspense>
      </div>
      <GraphPanel {...{ shown, dial }} onDraw={setDrawn} />
      {drawn === undefined ? null : (
        <Suspense fallback={null}>
          <ProposeDialog {...drawn} key={`${drawn.from}>${drawn.to}`} onClose={() => setDrawn(undefined)} />
        </Suspense>
      )}
      <p aria-live="polite" className="sr-only">
        {latest === undefined ? null : latestWords(latest)}
      </p>
    </div>
  );
}

type PictureProps = Pick<GraphWorkspaceProps, "shown" | "stamp" | "dial"> & { readonly onDraw: (drawn: Drawn) => void };

function Picture({ shown, stamp, dial, onDraw }: PictureProps) {
  switch (shown.request.view) {
    case "columns":
      return <GraphColumns {...{ shown, dial, onDraw }} />;
    case "table":
      return <GraphTable {...{ shown, stamp, dial }} />;
    case "matrix":
      return <GraphMatrix {...{ shown, stamp, dial, onDraw }} />;
    case "free":
      return <GraphFree {...{ shown, stamp, dial, onDraw }} />;
  }
}
