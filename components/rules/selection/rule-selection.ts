import { createContext } from "react";
import type { Direction, Position, Rule } from "#policy/rule.ts";

/** What is chosen on a page: rules of one list, or one that is parked. `anchor` is where a range begins. */
export type RuleSelection =
  | {
      readonly kind: "rules";
      readonly direction: Direction;
      readonly positions: readonly Position[];
      readonly anchor: Position;
    }
  | { readonly kind: "parked"; readonly direction: Direction; readonly rule: Rule };

export type PickHow = "one" | "toggle" | "range";

/** How rows are chosen. On a card nothing is. */
export type RulePicking = {
  readonly pick: (direction: Direction, position: Position, how: PickHow) => void;
  readonly pickParked: (direction: Direction, rule: Rule) => void;
  /** Shows what is chosen; by keyboard the keyboard goes there too. */
  readonly inspect: (by: "pointer" | "keyboard") => void;
};

export const RulePickingContext = createContext<RulePicking | undefined>(undefined);
export const RuleSelectionContext = createContext<RuleSelection | undefined>(undefined);

/** The selection after one more choice. */
export function picked(
  before: RuleSelection | undefined,
  { direction, position }: { readonly direction: Direction; readonly position: Position },
  how: PickHow,
): RuleSelection | undefined {
  const one: RuleSelection = { kind: "rules", direction, positions: [position], anchor: position };
  if (how === "one" || before?.kind !== "rules" || before.direction !== direction) return one;
  if (how === "range") {
    const [first, last] = [Math.min(before.anchor, position), Math.max(before.anchor, position)];
    const positions = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return { ...before, positions };
  }
  const others = before.positions.filter((each) => each !== position);
  if (others.length < before.positions.length) {
    return others.length === 0 ? undefined : { ...before, positions: others, anchor: others[0] ?? position };
  }
  return { ...before, positions: [...others, position].sort((a, b) => a - b), anchor: position };
}

/** The chosen positions of one list, those that are still there. */
export function pickedIn(
  selection: RuleSelection | undefined,
  direction: Direction,
  count: number,
): readonly Position[] {
  if (selection?.kind !== "rules" || selection.direction !== direction) return NONE;
  const there = selection.positions.filter((position) => position <= count);
  return there.length === selection.positions.length ? selection.positions : there;
}

const NONE: readonly Position[] = [];
