"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export type UrlState = {
  readonly params: URLSearchParams;
  /** Sets some parameters, removes those given as `undefined`, and leaves the others; the page is not asked for again. */
  readonly change: (patch: Readonly<Record<string, string | undefined>>) => void;
};

/** What a view shows lives in its address: a link, the back button and a reload all bring the same view. */
export function useUrlState(): UrlState {
  const params = new URLSearchParams(useSearchParams().toString());
  const change = useCallback((patch: Readonly<Record<string, string | undefined>>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(patch)) {
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    window.history.replaceState(null, "", query === "" ? window.location.pathname : `?${query}`);
  }, []);
  return { params, change };
}
