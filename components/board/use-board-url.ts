import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useState } from "react";
import type { BoardView } from "./filter-profiles.ts";

type BoardUrl = {
  /** What stands in the field. */
  readonly text: string;
  /** What is looked for: a little behind the field while a long board catches up. */
  readonly query: string;
  readonly view: BoardView;
  readonly setQuery: (query: string) => void;
  readonly setView: (view: BoardView) => void;
};

/** The filter as the URL holds it: a link to a filtered board shows the same. */
export function useBoardUrl(): BoardUrl {
  const params = useSearchParams();
  const [text, setText] = useState(() => params.get("q") ?? "");
  const [view, setView] = useState(() => viewOf(params.get("view")));
  const deferred = useDeferredValue(text);
  const keep = useCallback((name: string, value: string) => {
    const url = new URL(window.location.href);
    if (value === "" || value === "all") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    window.history.replaceState(null, "", url);
  }, []);
  return {
    text,
    query: deferred,
    view,
    setQuery(next) {
      setText(next);
      keep("q", next);
    },
    setView(next) {
      setView(next);
      keep("view", next);
    },
  };
}

function viewOf(text: string | null): BoardView {
  return text === "open" || text === "drafts" || text === "invalid" ? text : "all";
}
