"use client";

import {
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { createContext, type ReactNode, use, useId, useState } from "react";
import { createPortal } from "react-dom";
import type { Direction, Position } from "#policy/rule.ts";
import { useRuleListActions } from "./rule-list-context.ts";
import { moveRule, type PlacedRule } from "./rule-moves.ts";
import { RulePill } from "./rule-pill.tsx";

/** What a draggable row tells of itself. */
export type DragData = PlacedRule;

/** Where the dragged rule would land: shown as one line, rows do not swap. */
export type DropPlace = {
  readonly direction: Direction;
  /** The row the line is drawn at, and at which edge of it. */
  readonly at: Position;
  readonly edge: "before" | "after";
  /** The position the rule would have. */
  readonly target: Position;
};

type DragState = { readonly placed: PlacedRule; readonly drop?: DropPlace };

const DragContext = createContext<DragState | undefined>(undefined);

/** The drag under way in this profile, if any. */
export function useDrag(): DragState | undefined {
  return use(DragContext);
}

/** How far outside its list, in pixels, a rule may be released and still move. */
const REACH = 48;
const NO_SAY = { onDragStart: silent, onDragOver: silent, onDragEnd: silent, onDragCancel: silent };

/** Lets the rules of one profile be dragged by their handles. Keyboard and menu do the same without it. */
export function DragOrder({ children }: { readonly children: ReactNode }) {
  const id = useId();
  const actions = useRuleListActions();
  const [drag, setDrag] = useState<DragState>();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const end = ({ collisions }: DragEndEvent) => {
    setDrag(undefined);
    if (drag === undefined) return;
    const drop = dropPlace(drag.placed, collisions);
    if (drop) moveRule(actions, drag.placed, drop.target);
  };
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={nearestEdge}
      accessibility={{ announcements: NO_SAY, screenReaderInstructions: { draggable: "" } }}
      onDragStart={({ active }) => setDrag({ placed: active.data.current as DragData })}
      onDragMove={({ collisions }: DragMoveEvent) => setDrag((before) => before && follow(before, collisions))}
      onDragCancel={() => setDrag(undefined)}
      onDragEnd={end}
    >
      <DragContext value={drag}>{children}</DragContext>
      {drag
        ? // A card may stand in a moved row, which would take the overlay along: it belongs to the page.
          createPortal(
            <DragOverlay dropAnimation={null}>
              <RulePill placed={drag.placed} />
            </DragOverlay>,
            document.body,
          )
        : null}
    </DndContext>
  );
}

/** The row of the same list whose edge is nearest to the pointer; none when the pointer is far from the list. */
const nearestEdge: CollisionDetection = ({ active, pointerCoordinates, droppableContainers, droppableRects }) => {
  const dragged = active.data.current as DragData;
  if (pointerCoordinates === null) return [];
  const { x, y } = pointerCoordinates;
  let best: { readonly id: string | number; readonly edge: "before" | "after"; readonly distance: number } | undefined;
  for (const container of droppableContainers) {
    const placed = container.data.current as DragData | undefined;
    const rect = droppableRects.get(container.id);
    if (placed?.direction !== dragged.direction || rect === undefined) continue;
    if (x < rect.left - REACH || x > rect.right + REACH) continue;
    for (const [edge, at] of [["before", rect.top] as const, ["after", rect.bottom] as const]) {
      const distance = Math.abs(y - at);
      if (distance <= REACH && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
        best = { id: container.id, edge, distance };
      }
    }
  }
  if (best === undefined) return [];
  const { id, edge } = best;
  const droppableContainer = droppableContainers.find((container) => container.id === id);
  return [{ id, data: { edge, droppableContainer } }];
};

function follow(before: DragState, collisions: DragMoveEvent["collisions"]): DragState {
  const drop = dropPlace(before.placed, collisions);
  const isSame = before.drop?.at === drop?.at && before.drop?.edge === drop?.edge;
  if (isSame) return before;
  return drop ? { placed: before.placed, drop } : { placed: before.placed };
}

function dropPlace(dragged: PlacedRule, collisions: DragMoveEvent["collisions"]): DropPlace | undefined {
  const nearest = collisions?.[0];
  const row = nearest?.data?.droppableContainer?.data?.current as DragData | undefined;
  const edge = nearest?.data?.edge as DropPlace["edge"] | undefined;
  if (row === undefined || edge === undefined) return undefined;
  // A gap is counted in rules before it; taking the dragged rule out moves the gaps behind it up by one.
  const gap = edge === "before" ? row.position - 1 : row.position;
  const target = gap >= dragged.position ? gap : gap + 1;
  return { direction: row.direction, at: row.position, edge, target };
}

function silent(): undefined {
  return undefined;
}
