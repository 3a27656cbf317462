import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Position } from "#policy/rule.ts";
import { scrollAtEdges } from "./auto-scroll.ts";
import { type DropPlace, dropPlace, REACH, type RowBox } from "./drop-place.ts";

/** The drag under way in a list. */
export type RuleDrag = { readonly from: Position; readonly drop: DropPlace | undefined };

type RuleDragging = {
  readonly drag: RuleDrag | undefined;
  /** Follows the pointer; moved without rendering. */
  readonly pill: RefObject<HTMLDivElement | null>;
  /** For the list: a press on a row's handle begins a drag. */
  readonly onPointerDown: (event: ReactPointerEvent) => void;
};

type Hand = {
  /** A rule was taken, by the position it has then. */
  readonly onTake: (from: Position) => void;
  readonly onDrop: (from: Position, to: Position) => void;
};

/** A press becomes a drag once the pointer has gone this far, in pixels. */
const SLOP = 6;

/**
 * Dragging rules by their handles. Nothing is rendered while the pointer moves but the line and the pill: a list of
 * hundreds of rules stays quick. Escape, a lost pointer and letting go far away change nothing.
 */
export function useRuleDrag(list: RefObject<HTMLElement | null>, hand: Hand): RuleDragging {
  // The list may be drawn anew during a drag: what is done at its end is said by the last drawing.
  const latest = useRef(hand);
  useEffect(() => {
    latest.current = hand;
  });
  const [drag, setDrag] = useState<RuleDrag>();
  const pill = useRef<HTMLDivElement>(null);
  const onPointerDown = (event: ReactPointerEvent) => {
    const from = pressedPosition(event);
    if (from === undefined || list.current === null) return;
    event.preventDefault();
    hand.onTake(from);
    followPointer(
      { list: list.current, from, pointerId: event.pointerId, start: event.nativeEvent },
      {
        move(drop, { clientX, clientY }) {
          setDrag((before) => (before !== undefined && isSamePlace(before.drop, drop) ? before : { from, drop }));
          pill.current?.style.setProperty("transform", `translate(${clientX + 10}px, ${clientY + 12}px)`);
        },
        end(drop) {
          setDrag(undefined);
          if (drop !== undefined && drop.target !== from) latest.current.onDrop(from, drop.target);
        },
      },
    );
  };
  return { drag, pill, onPointerDown };
}

function pressedPosition({ button, target }: ReactPointerEvent): Position | undefined {
  if (button !== 0 || !(target instanceof Element) || target.closest("[data-handle]") === null) return undefined;
  return Number(target.closest<HTMLElement>("[data-rule]")?.dataset.rule);
}

type Press = {
  readonly list: HTMLElement;
  readonly from: Position;
  readonly pointerId: number;
  readonly start: PointerEvent;
};

type Following = {
  readonly move: (drop: DropPlace | undefined, at: PointerEvent) => void;
  readonly end: (drop: DropPlace | undefined) => void;
};

function followPointer({ list, from, pointerId, start }: Press, { move, end }: Following): void {
  const done = new AbortController();
  const { signal } = done;
  let last = start;
  let isDragging = false;
  let drop: DropPlace | undefined;
  const follow = (event: PointerEvent) => {
    last = event;
    isDragging ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) >= SLOP;
    if (!isDragging) return;
    drop = isBeside(list, event.clientX) ? dropPlace(rowBoxes(list), from, event.clientY) : undefined;
    move(drop, event);
  };
  const stop = (result: DropPlace | undefined) => {
    done.abort();
    if (isDragging) end(result);
  };
  list.setPointerCapture(pointerId);
  list.addEventListener("pointermove", follow, { signal });
  list.addEventListener("pointerup", () => stop(drop), { signal });
  list.addEventListener("pointercancel", () => stop(undefined), { signal });
  list.addEventListener("lostpointercapture", () => stop(undefined), { signal });
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stop(undefined);
  };
  document.addEventListener("keydown", cancel, { signal, capture: true });
  scrollAtEdges(list, () => (isDragging ? last : undefined), { signal, onScroll: () => follow(last) });
}

function isBeside(list: HTMLElement, x: number): boolean {
  const { left, right } = list.getBoundingClientRect();
  return x >= left - REACH && x <= right + REACH;
}

function rowBoxes(list: HTMLElement): readonly RowBox[] {
  const view = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll<HTMLElement>("[data-rule]")].map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return { position: Number(row.dataset.rule), top, bottom };
  });
  // Rows that are scrolled out of a short list are no place to let go.
  return rows.filter(({ top, bottom }) => bottom > view.top + 1 && top < view.bottom - 1);
}

function isSamePlace(a: DropPlace | undefined, b: DropPlace | undefined): boolean {
  return a?.target === b?.target && a?.y === b?.y;
}
