import { pairRules } from "#policy/edit/pair-rules.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { Position, Rule } from "#policy/rule.ts";
import type { RuleSelection } from "./rule-selection.ts";

/** Where a rule of a list stands in what became of the list; nothing when it is gone. */
export function followPosition(
  before: readonly Rule[],
  after: readonly Rule[],
  position: Position,
): Position | undefined {
  if (before === after) return position;
  const index = pairRules(before, after).sources.indexOf(position - 1);
  return index < 0 ? undefined : index + 1;
}

/**
 * The same rules chosen in a list that became another, by an edit, an undo or someone else's save; nothing when all of
 * them are gone. Positions alone would choose whatever stands there now.
 */
export function followSelection(
  selection: RuleSelection,
  before: ProfileRules,
  after: ProfileRules,
): RuleSelection | undefined {
  if (selection.kind === "parked") return selection;
  const { direction } = selection;
  if (before[direction] === after[direction]) return selection;
  const { sources } = pairRules(before[direction], after[direction]);
  const placeOf = (position: number) => sources.indexOf(position - 1) + 1;
  const positions = selection.positions
    .map(placeOf)
    .filter((position) => position > 0)
    .sort((a, b) => a - b);
  const [first] = positions;
  if (first === undefined) return undefined;
  const anchor = placeOf(selection.anchor);
  return { ...selection, positions, anchor: anchor > 0 ? anchor : first };
}
