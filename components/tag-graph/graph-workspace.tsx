"use client";

import { useMemo } from "react";
import { FocusLine } from "./bar/focus-line.tsx";
import { GraphToolbar } from "./bar/graph-toolbar.tsx";
import { GraphColumns } from "./columns/graph-columns.tsx";
import { graphFocus, pairsFocus } from "./model/graph-focus.ts";
import type { GraphModel } from "./model/graph-model.ts";
import { matchingPairs, parseGraphQuery } from "./model/graph-query.ts";
import { partOfModel } from "./model/part-of-model.ts";
import { GraphPanel } from "./panel/graph-panel.tsx";
import { GraphTable } from "./table/graph-table.tsx";
import type { GraphView } from "./use-graph-view.ts";
import { useLatestChange } from "./use-latest-change.ts";

/** More boxes than this cannot be read as a picture. */
export const MAX_BOXES = 300;

type GraphWorkspaceProps = { readonly model: GraphModel; readonly view: GraphView };

/** The picture or the table at the left, the argument at the right. */
export function GraphWorkspace({ model, view }: GraphWorkspaceProps) {
  const { query, selection, select } = view;
  const asked = useMemo(
    () => (query.trim() === "" ? undefined : matchingPairs(model, parseGraphQuery(query))),
    [model, query],
  );
  const chosen = useMemo(() => graphFocus(model, selection), [model, selection]);
  const focus = useMemo(
    () => chosen ?? (asked === undefined ? undefined : pairsFocus(model, asked)),
    [model, chosen, asked],
  );
  const shownPairs = useMemo(() => pairsShown(model, asked, chosen?.pairs), [model, asked, chosen]);
  const change = useLatestChange(model.snapshot);
  const drawn = useMemo(
    () => (boxCount(model) > MAX_BOXES && focus ? partOfModel(model, focus) : model),
    [model, focus],
  );
  const isTooLarge = boxCount(drawn) > MAX_BOXES;
  const isGone = selection.kind !== "nothing" && chosen === undefined;

  return (
    <div className="flex min-h-0 grow max-lg:flex-col">
      <div className="thin-scroll relative flex min-h-0 min-w-0 grow flex-col overflow-y-auto bg-sunken">
        <div className="flex items-center gap-3 px-[22px] pt-3 max-md:px-4 lg:hidden">
          <GraphToolbar view={view} />
        </div>
        <FocusLine
          {...{ model, view, focus, isGone }}
          shownCount={shownPairs.length}
          isTooLarge={isTooLarge}
          boxCount={boxCount(model)}
        />
        {view.view === "table" || isTooLarge ? (
          <GraphTable
            pairs={shownPairs}
            stops={focus?.stops ?? model.stops}
            model={model}
            selection={selection}
            onSelect={select}
          />
        ) : (
          <GraphColumns model={drawn} focus={focus} onSelect={select} />
        )}
      </div>
      <GraphPanel {...{ model, selection, change }} focus={chosen} onSelect={select} />
      <p aria-live="polite" className="sr-only">
        {change?.words}
      </p>
    </div>
  );
}

function boxCount({ senders, keys, receivers }: GraphModel): number {
  return senders.length + keys.length + receivers.length;
}

function pairsShown(
  model: GraphModel,
  asked: GraphModel["pairs"] | undefined,
  chosen: GraphModel["pairs"] | undefined,
) {
  if (asked === undefined || chosen === undefined) return chosen ?? asked ?? model.pairs;
  const wanted = new Set(asked);
  return chosen.filter((pair) => wanted.has(pair));
}
