"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { ProfileId } from "#policy/profile-id.ts";
import type { BoardItem } from "./board-model.ts";

type BoardGridProps = {
  readonly items: readonly BoardItem[];
  readonly current: ProfileId | undefined;
  readonly onCurrent: (id: ProfileId) => void;
  /** The card the keyboard should go to as soon as it is drawn. */
  readonly focusOn: { readonly id: ProfileId } | undefined;
  readonly card: (item: BoardItem, width: number) => ReactNode;
};

const CARD_MIN = 268;
const CARD_HEIGHT = 304;
const GAP = 12;
/** Fewer rows than this are all drawn: find-in-page and printing see them. */
const DRAW_ALL_ROWS = 25;

/** Cards in rows of equal height. Arrow keys go from card to card; a long board draws only the rows in sight. */
export function BoardGrid({ items, current, onCurrent, focusOn, card }: BoardGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const columns = Math.max(1, Math.floor((width + GAP) / (CARD_MIN + GAP)));
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const rowCount = Math.ceil(items.length / columns);
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT + GAP,
    overscan: rowCount <= DRAW_ALL_ROWS ? rowCount : 2,
    initialRect: { width: 1180, height: 800 },
    paddingStart: 4,
    paddingEnd: 16,
  });
  const goTo = useCallback(
    (id: ProfileId) => {
      const index = items.findIndex((item) => item.id === id);
      if (index < 0) return;
      onCurrent(id);
      rows.scrollToIndex(Math.floor(index / columns));
      // The row is drawn by the scroll; the card is there one frame later.
      requestAnimationFrame(() => requestAnimationFrame(() => focusCard(scroller.current, id)));
    },
    [items, columns, onCurrent, rows],
  );
  // Only a new wish moves the keyboard, not news about other cards.
  const goToLatest = useRef(goTo);
  useEffect(() => {
    goToLatest.current = goTo;
  });
  useEffect(() => {
    if (focusOn !== undefined) goToLatest.current(focusOn.id);
  }, [focusOn]);
  const walk = (event: KeyboardEvent) => {
    const target = nextCard(event, { items, columns });
    if (target === undefined) return;
    event.preventDefault();
    goTo(target);
  };
  return (
    <section
      aria-label="Cards"
      ref={scroller}
      onKeyDown={walk}
      onFocus={(event) => tellCurrent(event.target, onCurrent)}
      className="thin-scroll min-h-0 grow overflow-y-auto px-[22px] max-md:px-4"
      data-board={current ?? ""}
    >
      <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className="absolute inset-x-0 top-0 grid pb-3"
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              columnGap: GAP,
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((item) => card(item, cardWidth))}
          </div>
        ))}
      </div>
    </section>
  );
}

/** The width cards have together; a guess until the page is laid out. */
function useWidth(scroller: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(1176);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 1176));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return width;
}

function nextCard(
  event: KeyboardEvent,
  { items, columns }: { readonly items: readonly BoardItem[]; readonly columns: number },
) {
  if (event.altKey || event.metaKey || event.ctrlKey || !(event.target instanceof HTMLElement)) return undefined;
  const id = event.target.dataset.profile;
  if (id === undefined) return undefined;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  if (event.key === "Home") return items[0]?.id;
  if (event.key === "End") return items.at(-1)?.id;
  return step === undefined ? undefined : items[items.findIndex((item) => item.id === id) + step]?.id;
}

function tellCurrent(target: EventTarget, onCurrent: (id: ProfileId) => void): void {
  const id = target instanceof Element ? target.closest<HTMLElement>("[data-profile]")?.dataset.profile : undefined;
  if (id !== undefined) onCurrent(id as ProfileId);
}

function focusCard(scroller: HTMLElement | null, id: ProfileId): void {
  scroller?.querySelector<HTMLElement>(`[data-profile="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
