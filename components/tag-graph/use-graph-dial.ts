import { useCallback, useMemo } from "react";
import { useUrlState } from "#components/url/use-url-state.ts";
import { formatGraphRequest, type GraphRequest, parseGraphRequest } from "./model/graph-request.ts";
import type { GraphSelection } from "./model/graph-selection.ts";

/** The view the address holds, and how to change it. */
export type GraphDial = {
  readonly request: GraphRequest;
  /** Changes some of it; `undefined` takes a revision away. */
  readonly turn: (patch: Partial<{ readonly [K in keyof GraphRequest]: GraphRequest[K] | undefined }>) => void;
  /** Takes a selection, or makes it from the one in the address now: two quick clicks are two steps. */
  readonly select: (next: GraphSelection | ((before: GraphSelection) => GraphSelection)) => void;
};

/** The graph's state, kept in the address alone. */
export function useGraphDial(): GraphDial {
  const { params, change } = useUrlState();
  const text = params.toString();
  const request = useMemo(() => parseGraphRequest(new URLSearchParams(text)), [text]);
  const turn = useCallback<GraphDial["turn"]>(
    (patch) => {
      const before = parseGraphRequest(new URLSearchParams(window.location.search));
      const { rev, vs, ...rest } = { ...before, ...patch };
      const next = {
        ...before,
        ...without(rest),
        ...(rev === undefined ? {} : { rev }),
        ...(vs === undefined ? {} : { vs }),
      };
      if (rev === undefined) delete (next as { rev?: number }).rev;
      if (vs === undefined) delete (next as { vs?: number }).vs;
      change(formatGraphRequest(next));
    },
    [change],
  );
  const select = useCallback<GraphDial["select"]>(
    (next) => {
      const before = parseGraphRequest(new URLSearchParams(window.location.search)).selection;
      turn({ selection: typeof next === "function" ? next(before) : next });
    },
    [turn],
  );
  return { request, turn, select };
}

/** Only what is given is changed. */
function without<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
