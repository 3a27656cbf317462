import { useCallback, useMemo } from "react";
import { useUrlState } from "#components/url/use-url-state.ts";
import { formatSelection, type GraphSelection, parseSelection } from "./model/graph-selection.ts";

/** What the address of the page holds: the view, the selection and the query. */
export type GraphView = {
  readonly view: "columns" | "table";
  readonly selection: GraphSelection;
  readonly query: string;
  readonly show: (view: "columns" | "table") => void;
  /** Takes a selection, or makes it from the one in the address now: two quick clicks are two steps. */
  readonly select: (next: GraphSelection | ((before: GraphSelection) => GraphSelection)) => void;
  readonly ask: (query: string) => void;
};

/** The graph's state, kept in the address alone. */
export function useGraphView(): GraphView {
  const { params, change } = useUrlState();
  const text = params.toString();
  const selection = useMemo(() => parseSelection(new URLSearchParams(text)), [text]);
  return {
    view: params.get("view") === "table" ? "table" : "columns",
    selection,
    query: params.get("q") ?? "",
    show: useCallback((view) => change({ view: view === "table" ? "table" : undefined }), [change]),
    select: useCallback(
      (next) => {
        const before = parseSelection(new URLSearchParams(window.location.search));
        change(formatSelection(typeof next === "function" ? next(before) : next));
      },
      [change],
    ),
    ask: useCallback((q) => change({ q }), [change]),
  };
}
