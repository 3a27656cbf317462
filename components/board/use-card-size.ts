import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";

export const GAP = 12;
const CARD_MIN = 268;
/** The width of the board in a window of 1440, for the page the server draws. */
const USUAL_WIDTH = 1_176;
/** A card is as high as its parts; a finger needs higher rows. Both stand in profile-card.tsx too. */
const HEIGHT = { fine: 304, coarse: 418 };

export type CardSize = { readonly columns: number; readonly width: number; readonly height: number };

/** How many cards stand side by side, and how large they are. */
export function useCardSize(board: RefObject<HTMLElement | null>): CardSize {
  const [width, setWidth] = useState(USUAL_WIDTH);
  const isCoarse = useSyncExternalStore(subscribePointer, isCoarsePointer, () => false);
  useEffect(() => {
    const element = board.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? USUAL_WIDTH));
    observer.observe(element);
    return () => observer.disconnect();
  }, [board]);
  const columns = Math.max(1, Math.floor((width + GAP) / (CARD_MIN + GAP)));
  return {
    columns,
    width: (width - GAP * (columns - 1)) / columns,
    height: isCoarse ? HEIGHT.coarse : HEIGHT.fine,
  };
}

const COARSE = "(pointer: coarse)";

function isCoarsePointer(): boolean {
  return matchMedia(COARSE).matches;
}

function subscribePointer(listener: () => void): () => void {
  const query = matchMedia(COARSE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
