"use client";

import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef } from "react";
import type { ProfileId } from "#policy/profile-id.ts";
import type { BoardItem } from "./board-model.ts";
import { GAP, useCardSize } from "./use-card-size.ts";
import { useRowsInSight } from "./use-rows-in-sight.ts";

type BoardGridProps = {
  readonly items: readonly BoardItem[];
  readonly current: ProfileId | undefined;
  readonly onCurrent: (id: ProfileId) => void;
  /** The card the keyboard should go to as soon as it is drawn. */
  readonly focusOn: { readonly id: ProfileId } | undefined;
  readonly card: (item: BoardItem, width: number) => ReactNode;
};

/** Cards in rows of equal height. Arrow keys go from card to card; a long board draws only the rows in sight. */
export function BoardGrid({ items, current, onCurrent, focusOn, card }: BoardGridProps) {
  const scroller = useRef<HTMLElement>(null);
  const rowsElement = useRef<HTMLDivElement>(null);
  const { columns, width, height } = useCardSize(rowsElement);
  const rowHeight = height + GAP;
  const count = Math.ceil(items.length / columns);
  const { first, last } = useRowsInSight(scroller, { count, height: rowHeight });
  const awaited = useRef<ProfileId>(undefined);
  const goTo = useCallback(
    (id: ProfileId) => {
      const index = items.findIndex((item) => item.id === id);
      if (index < 0 || scroller.current === null) return;
      onCurrent(id);
      scrollToRow(scroller.current, Math.floor(index / columns) * rowHeight, rowHeight);
      // A card in sight has the keyboard at once, so that held keys keep walking; another is drawn by the scroll.
      awaited.current = focusCard(scroller.current, id) ? undefined : id;
    },
    [items, columns, rowHeight, onCurrent],
  );
  // How many frames the scroll takes to draw a card is not ours to know: every drawing looks for it.
  useEffect(() => {
    if (awaited.current !== undefined && focusCard(scroller.current, awaited.current)) awaited.current = undefined;
  });
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
  const rows = Array.from({ length: last - first }, (_, index) => first + index);
  return (
    <section
      aria-label="Cards"
      ref={scroller}
      onKeyDown={walk}
      onFocus={(event) => {
        awaited.current = undefined;
        tellCurrent(event.target, onCurrent);
      }}
      className="thin-scroll min-h-0 grow overflow-y-auto px-[22px] pt-1 pb-1 max-md:px-4"
      data-board={current ?? ""}
    >
      <div ref={rowsElement} className="relative w-full" style={{ height: count * rowHeight }}>
        {rows.map((row) => (
          <div
            key={row}
            className="absolute inset-x-0 grid"
            style={{
              top: row * rowHeight,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              columnGap: GAP,
            }}
          >
            {items.slice(row * columns, (row + 1) * columns).map((item) => card(item, width))}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Brings a row into sight, moving as little as needed. */
function scrollToRow(scroller: HTMLElement, top: number, height: number): void {
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  const bottom = top + height - scroller.clientHeight;
  if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
}

type Walkable = { readonly items: readonly BoardItem[]; readonly columns: number };

function nextCard(event: KeyboardEvent, { items, columns }: Walkable): ProfileId | undefined {
  if (event.altKey || event.metaKey || event.ctrlKey || !(event.target instanceof HTMLElement)) return undefined;
  const id = event.target.dataset.profile;
  if (id === undefined) return undefined;
  if (event.key === "Home") return items[0]?.id;
  if (event.key === "End") return items.at(-1)?.id;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  return step === undefined ? undefined : items[items.findIndex((item) => item.id === id) + step]?.id;
}

function tellCurrent(target: EventTarget, onCurrent: (id: ProfileId) => void): void {
  const id = target instanceof Element ? target.closest<HTMLElement>("[data-profile]")?.dataset.profile : undefined;
  if (id !== undefined) onCurrent(id as ProfileId);
}

function focusCard(scroller: HTMLElement | null, id: ProfileId): boolean {
  const card = scroller?.querySelector<HTMLElement>(`[data-profile="${CSS.escape(id)}"]`);
  card?.focus({ preventScroll: true });
  return card !== null && card !== undefined;
}
