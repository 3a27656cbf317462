import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { whenIdle } from "#components/ui/when-idle.ts";

/** What a list draws, and what its rows must know of it. */
type DrawnRows<Row> = {
  readonly drawn: readonly Row[];
  /** Draws the others now: a pointer or the keyboard has come. */
  readonly wake: () => void;
  /** True once what is drawn has been on screen: rows that come later are news. */
  readonly isShown: RefObject<boolean>;
};

/**
 * A card shows a few of its rules: the others are drawn when someone comes near, or when the page has nothing else to
 * do. A board of twenty rules a card stands four times sooner for it. Without `visible` all rows are drawn at once.
 */
export function useDrawnRows<Row>(rows: readonly Row[], visible: number | undefined): DrawnRows<Row> {
  const [isWhole, setWhole] = useState(false);
  const isShown = useRef(false);
  const waits = visible !== undefined && !isWhole;
  const wake = useCallback(() => {
    if (!waits) return;
    isShown.current = false;
    setWhole(true);
  }, [waits]);
  useEffect(() => {
    isShown.current = true;
  });
  useEffect(() => (waits ? whenIdle(wake) : undefined), [waits, wake]);
  const drawn = useMemo(() => (waits ? rows.slice(0, visible) : rows), [waits, rows, visible]);
  return { drawn, wake, isShown };
}
