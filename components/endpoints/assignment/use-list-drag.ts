import { type PointerEvent, type RefObject, useCallback, useRef, useState } from "react";

/** A drag under way: the lifted item, and the gap it would land in, counted in items before it. */
export type ListDrag = { readonly from: number; readonly gap: number };

export type ListDragging = {
  readonly drag: ListDrag | undefined;
  /** For the handle of the item at an index. */
  readonly handleProps: (index: number) => {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
    readonly onLostPointerCapture: () => void;
  };
  /** Ends the drag without a move. */
  readonly cancel: () => void;
};

/** Lets the children of a list be dragged by a handle; items stay where they are, only the gap is told. */
export function useListDrag(
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): ListDragging {
  const [drag, setDrag] = useState<ListDrag>();
  const latest = useRef<ListDrag>(undefined);
  const show = useCallback((next: ListDrag | undefined) => {
    latest.current = next;
    setDrag(next);
  }, []);

  const handleProps = (index: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      show({ from: index, gap: index });
    },
    onPointerMove: (event: PointerEvent) => {
      if (latest.current === undefined) return;
      show({ ...latest.current, gap: gapAt(list.current, event.clientY) });
    },
    onPointerUp: () => {
      const ended = latest.current;
      show(undefined);
      if (ended === undefined) return;
      const to = ended.gap > ended.from ? ended.gap - 1 : ended.gap;
      if (to !== ended.from) onMove(ended.from, to);
    },
    onPointerCancel: () => show(undefined),
    onLostPointerCapture: () => show(undefined),
  });
  return { drag, handleProps, cancel: () => show(undefined) };
}

function gapAt(list: HTMLElement | null, clientY: number): number {
  const items = [...(list?.children ?? [])];
  const below = items.findIndex((item) => {
    const { top, height } = item.getBoundingClientRect();
    return clientY < top + height / 2;
  });
  return below < 0 ? items.length : below;
}
