import { useEffect } from "react";
import type { BoardItem } from "./board-model.ts";
import { warmSearch } from "./filter-profiles.ts";

/** Profiles made ready in one go: short enough not to be felt. */
const AT_ONCE = 25;

/** Makes every profile ready to be searched while nothing else is to be done. */
export function useWarmSearch(items: readonly BoardItem[]): void {
  useEffect(() => {
    let next = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const work = () => {
      for (const { live } of items.slice(next, next + AT_ONCE)) if (live) warmSearch(live.profile);
      next += AT_ONCE;
      if (next < items.length) timer = setTimeout(work, 16);
    };
    timer = setTimeout(work, 500);
    return () => clearTimeout(timer);
  }, [items]);
}
