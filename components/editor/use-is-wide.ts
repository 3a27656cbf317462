import { useSyncExternalStore } from "react";

/** Room for the inspector beside the lists: the breakpoint `lg`. */
const WIDE = "(min-width: 72rem)";

/** True where the inspector stands beside the lists; elsewhere it is a sheet. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(WIDE).matches,
    () => true,
  );
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
