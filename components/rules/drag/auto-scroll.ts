type Point = { readonly clientX: number; readonly clientY: number };

const EDGE = 28;
const SPEED = 9;

type Scrolling = { readonly signal: AbortSignal; readonly onScroll: () => void };

/** While a pointer is held near the edge of the list, or of what scrolls it, that scrolls; innermost first. */
export function scrollAtEdges(
  list: HTMLElement,
  pointer: () => Point | undefined,
  { signal, onScroll }: Scrolling,
): void {
  const scrollers = scrollersOf(list);
  const step = () => {
    if (signal.aborted) return;
    const at = pointer();
    if (at !== undefined && scrollers.some((each) => scrollTowards(each, at.clientY))) onScroll();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function scrollTowards(scroller: HTMLElement, y: number): boolean {
  const { top, bottom } = scroller.getBoundingClientRect();
  // A list of a few rows has edges that are narrower than usual.
  const edge = Math.min(EDGE, (bottom - top) / 4);
  const by = y < top + edge ? -SPEED : y > bottom - edge ? SPEED : 0;
  if (by === 0) return false;
  const before = scroller.scrollTop;
  scroller.scrollTop += by;
  return scroller.scrollTop !== before;
}

function scrollersOf(list: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let each: HTMLElement | null = list; each !== null; each = each.parentElement) {
    if (each.scrollHeight > each.clientHeight && getComputedStyle(each).overflowY !== "visible") found.push(each);
  }
  return found;
}
