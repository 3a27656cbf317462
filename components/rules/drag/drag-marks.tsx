import type { RefObject } from "react";
import type { PlacedRule } from "../rule-moves.ts";
import { DropLine } from "./drop-line.tsx";
import type { DropPlace } from "./drop-place.ts";
import { RulePill } from "./rule-pill.tsx";

type DragMarksProps = {
  readonly dragged: PlacedRule;
  readonly drop: DropPlace | undefined;
  /** What the line is drawn in. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly pill: RefObject<HTMLDivElement | null>;
};

/** What is drawn while a rule is in the hand, and at no other time: it is no part of the first load. */
export function DragMarks({ dragged, drop, frame, pill }: DragMarksProps) {
  return (
    <>
      {drop ? <DropLine drop={drop} dragged={dragged} frame={frame} /> : null}
      <RulePill placed={dragged} pill={pill} />
    </>
  );
}
