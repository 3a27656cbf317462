"use client";

import { lazy, Suspense, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Unreadable } from "#components/live/unreadable.tsx";
import { OpenHelp } from "#components/shell/open-help.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { GraphToolbar } from "./bar/graph-toolbar.tsx";
import { GraphEmpty } from "./graph-empty.tsx";
import { GraphProblemNote } from "./graph-problem.tsx";
import { GraphReading } from "./graph-reading.tsx";
import { GraphWorkspace } from "./graph-workspace.tsx";
import { statusWords } from "./status-words.ts";
import { useGraphState } from "./use-graph-answer.ts";
import { type GraphDial, useGraphDial } from "./use-graph-dial.ts";

const ExportMenu = lazy(() => import("./share/export-menu.tsx").then((module) => ({ default: module.ExportMenu })));

/** Who can reach whom, and by which key: the same answer as columns, as a matrix and as a tree grid. */
export function GraphPage() {
  const policy = usePolicy();
  const dial = useGraphDial();
  const state = policy.kind === "known" ? policy.state : undefined;
  const graph = useGraphState(state, dial.request);
  const [isHelpOpen, setHelpOpen] = useState(false);
  usePageKeys(keysFor(dial, () => setHelpOpen(true)));
  const shown = graph.kind === "shown" ? graph.shown : undefined;
  const isEmpty = shown !== undefined && shown.view.counts.profiles === 0 && shown.view.counts.changes === 0;
  return (
    <PageFrame
      title="Graph"
      counters={<GraphToolbar dial={dial} issues={shown?.view.queryIssues ?? []} />}
      actions={
        shown === undefined || isEmpty || !shown.view.isCounted ? null : (
          <Suspense fallback={null}>
            <ExportMenu shown={shown} />
          </Suspense>
        )
      }
      status={shown === undefined ? null : statusWords(shown)}
      keys={
        <>
          <KeyHint keys="↑↓←→" does="move" />
          <KeyHint keys="↵" does="choose" />
          <KeyHint keys="M" does="matrix" />
          <KeyHint keys="T" does="table" />
          <KeyHint keys="B" does="blocked" />
          <KeyHint keys="A" does="draw access" />
          <KeyHint keys="Esc" does="clear" />
        </>
      }
    >
      {policy.kind === "unreadable" ? <Unreadable detail={policy.detail} onRetry={policy.retry} /> : null}
      {policy.kind !== "unreadable" && graph.kind === "working" ? <GraphReading /> : null}
      {graph.kind === "problem" ? <GraphProblemNote problem={graph.problem} dial={dial} /> : null}
      {isEmpty ? <GraphEmpty /> : null}
      {graph.kind === "shown" && !isEmpty ? <GraphWorkspace {...graph} dial={dial} /> : null}
      <OpenHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </PageFrame>
  );
}

function keysFor({ request, turn, select }: GraphDial, help: () => void): Readonly<Record<string, () => void>> {
  const table = () => turn({ view: request.view === "table" ? "columns" : "table" });
  const matrix = () => turn({ view: request.view === "matrix" ? "columns" : "matrix" });
  const blocked = () => turn({ show: request.show === "blocked" ? "allowed" : "blocked" });
  const hops = (count: "1" | "2" | "all") => () => turn({ hops: count });
  return {
    ...{ t: table, T: table, m: matrix, M: matrix, b: blocked, B: blocked },
    ...{ "1": hops("1"), "2": hops("2"), "3": hops("all") },
    "/": focusFilter,
    "?": help,
    Escape: () => select({ kind: "nothing" }),
  };
}

/** The toolbar stands in two places, one per width; only one of them is shown. */
function focusFilter(): void {
  const filters = [...document.querySelectorAll<HTMLElement>("[data-filter]")];
  filters.find((filter) => filter.offsetParent !== null)?.focus();
}
