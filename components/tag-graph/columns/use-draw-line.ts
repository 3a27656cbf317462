import { type PointerEvent as ReactPointerEvent, type RefObject, useState } from "react";

type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

export type DrawLine = {
  /** The line under way, in pixels of the picture. */
  readonly line: Line | undefined;
  readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void;
};

/** A press that moves less than this is a click. */
const THRESHOLD = 6;

/** Drag from a sender to a receiver: tells both by the ids of their boxes. Anywhere else, or Escape, nothing happens. */
export function useDrawLine(
  root: RefObject<HTMLElement | null>,
  onDrawn: (from: string, to: string) => void,
): DrawLine {
  const [line, setLine] = useState<Line>();
  const onPointerDown = (event: ReactPointerEvent<HTMLElement>) => {
    const from = boxAt(event.target, "from:");
    const place = root.current;
    if (event.button !== 0 || event.pointerType === "touch" || from === undefined || place === null) return;
    const start = { x: event.clientX, y: event.clientY };
    let isDragging = false;
    const move = ({ clientX, clientY }: PointerEvent) => {
      isDragging ||= Math.hypot(clientX - start.x, clientY - start.y) > THRESHOLD;
      if (!isDragging) return;
      const { left, top, width } = place.getBoundingClientRect();
      const scale = place.offsetWidth / width;
      const at = (value: number, edge: number) => (value - edge) * scale;
      setLine({ x1: at(start.x, left), y1: at(start.y, top), x2: at(clientX, left), y2: at(clientY, top) });
    };
    const end = (up: PointerEvent | undefined) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", finish);
      document.removeEventListener("keydown", giveUp, true);
      setLine(undefined);
      if (up === undefined || !isDragging) return;
      swallowClick();
      const to = boxAt(document.elementFromPoint(up.clientX, up.clientY), "to:");
      if (to !== undefined) onDrawn(from, to);
    };
    const finish = (up: PointerEvent) => end(up);
    const giveUp = (press: KeyboardEvent) => {
      if (press.key !== "Escape") return;
      press.stopPropagation();
      end(undefined);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", finish);
    document.addEventListener("keydown", giveUp, true);
  };
  return { line, onPointerDown };
}

function boxAt(target: EventTarget | null, side: "from:" | "to:"): string | undefined {
  const box = target instanceof Element ? target.closest("[data-node]")?.getAttribute("data-node") : undefined;
  return box?.startsWith(side) ? box : undefined;
}

/** A drag that ends where it began would also be a click. */
function swallowClick(): void {
  const swallow = (click: Event) => click.stopPropagation();
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, true));
}
