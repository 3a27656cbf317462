import { Fragment, lazy, memo, type RefObject, Suspense } from "react";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { BesideRows } from "./beside-rows.ts";
import type { DraftRow } from "./draft-rows.ts";
import { RuleRow } from "./rule-row.tsx";

/** Few lists have parked rules. */
const ParkedRow = lazy(() => import("./parked-row.tsx").then((module) => ({ default: module.ParkedRow })));

type RuleRowsProps = {
  readonly rows: readonly DraftRow[];
  readonly direction: Direction;
  readonly count: number;
  readonly draggedFrom: Position | undefined;
  readonly isListShown: RefObject<boolean>;
  readonly beside: BesideRows;
  readonly chosen: readonly Position[];
  readonly pickedParked: Rule | undefined;
};

/** The rows of a list, those that are parked among them. A drag moves a line over hundreds of rows: they stay as they are. */
export const RuleRows = memo(function RuleRows(props: RuleRowsProps) {
  const { rows, direction, count, draggedFrom, isListShown, beside, chosen, pickedParked } = props;
  const parkedBehind = (place: number) =>
    beside.parkedByPlace.get(place)?.map(({ parked, key }) => (
      <Suspense key={key} fallback={null}>
        <ParkedRow parked={parked} direction={direction} position={place + 1} isPicked={parked.rule === pickedParked} />
      </Suspense>
    ));
  return (
    <>
      {parkedBehind(0)}
      {rows.map((row) => (
        <Fragment key={row.key}>
          <RuleRow
            rule={row.rule}
            position={row.position}
            state={row.state}
            direction={direction}
            count={count}
            isDragged={row.position === draggedFrom}
            isListShown={isListShown}
            comment={beside.comments[row.position - 1]}
            block={chosen.includes(row.position) ? chosen : undefined}
          />
          {parkedBehind(row.position)}
        </Fragment>
      ))}
    </>
  );
});
