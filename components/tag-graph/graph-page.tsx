"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Unreadable } from "#components/live/unreadable.tsx";
import { reachabilityOf } from "#components/reach/reachability-of.ts";
import { HelpDialog } from "#components/shell/help-dialog.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { GraphToolbar } from "./bar/graph-toolbar.tsx";
import { GraphEmpty } from "./graph-empty.tsx";
import { GraphWorkspace } from "./graph-workspace.tsx";
import { type GraphModel, graphModel } from "./model/graph-model.ts";
import { useGraphView } from "./use-graph-view.ts";

/** Who can reach whom, and by which key: the same answer as columns and as a table. */
export function GraphPage() {
  const policy = usePolicy();
  // A burst of changes may skip pictures; what is shown always belongs to one revision.
  const snapshot = useDeferredValue(policy.kind === "known" ? policy.state.snapshot : undefined);
  const model = useMemo(() => (snapshot === undefined ? undefined : modelOf(snapshot)), [snapshot]);
  const view = useGraphView();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const turn = () => view.show(view.view === "table" ? "columns" : "table");
  usePageKeys({
    t: turn,
    T: turn,
    "/": focusFilter,
    "?": () => setHelpOpen(true),
    Escape: () => view.select({ kind: "nothing" }),
  });
  return (
    <PageFrame
      title="Graph"
      counters={model === undefined ? null : <GraphToolbar view={view} />}
      status={model === undefined ? null : statusOf(model)}
      keys={
        <>
          <KeyHint keys="↑↓←→" does="move" />
          <KeyHint keys="↵" does="choose" />
          <KeyHint keys="T" does="table" />
          <KeyHint keys="Esc" does="clear" />
        </>
      }
    >
      {policy.kind === "reading" ? <Reading /> : null}
      {policy.kind === "unreadable" ? <Unreadable detail={policy.detail} onRetry={policy.retry} /> : null}
      {model === undefined || model.snapshot.profiles.size > 0 ? null : <GraphEmpty />}
      {model === undefined || model.snapshot.profiles.size === 0 ? null : <GraphWorkspace model={model} view={view} />}
      {isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null}
    </PageFrame>
  );
}

/** The toolbar stands in two places, one per width; only one of them is shown. */
function focusFilter(): void {
  const filters = [...document.querySelectorAll<HTMLElement>("[data-filter]")];
  filters.find((filter) => filter.offsetParent !== null)?.focus();
}

function modelOf(snapshot: Snapshot): GraphModel {
  return graphModel(snapshot, reachabilityOf(snapshot));
}

function statusOf({ revision, pairs, stops }: GraphModel): string {
  const inside = pairs.filter(({ from, to }) => from.kind === "profile" && to.kind === "profile").length;
  const stopped =
    stops.length === 0 ? "" : `, ${stops.length === 1 ? "1 pair" : `${stops.length} pairs`} stopped by one side`;
  return `rev ${revision}: ${inside === 1 ? "1 open pair" : `${inside} open pairs`}${stopped}`;
}

function Reading() {
  return (
    <div className="grid grow animate-appear-late grid-cols-3 gap-24 bg-sunken p-[22px]" aria-busy="true">
      <span className="sr-only">Reading the policy</span>
      {["senders", "tags", "receivers"].map((column) => (
        <div key={column} className="flex flex-col gap-[31px]">
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <div key={row} className="h-[30px] rounded-control bg-raised" />
          ))}
        </div>
      ))}
    </div>
  );
}
