import { type RefObject, useEffect, useState } from "react";

/** Rows to draw, last not included. */
export type RowsInSight = { readonly first: number; readonly last: number };

type Rows = { readonly count: number; readonly height: number };

/** Rows drawn beyond each edge, so that quick scrolling does not show their making. */
const BEYOND = 2;
/** Fewer rows than this are all drawn: find-in-page and printing see them. */
const DRAW_ALL = 12;
/** What a window shows before it is measured. */
const FIRST_GUESS = 3;

/** Which rows of equal height a scrolling window shows; changes only when that does. */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, { count, height }: Rows): RowsInSight {
  const [seen, setSeen] = useState<RowsInSight>({ first: 0, last: FIRST_GUESS });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - BEYOND);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / height) + BEYOND;
      setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    // It tells the first size too, when the page is laid out: asking here would lay it out once more than needed.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, height]);
  if (count <= DRAW_ALL) return { first: 0, last: count };
  return { first: Math.min(seen.first, count), last: Math.min(seen.last, count) };
}
