import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { ChangeNote, RuleListActions } from "./rule-list-context.ts";
import { aheadAt, aheadOf, type Block, moveBlock, placesOf } from "./selection/move-block.ts";

/** A rule and where it stands; `block` when it is one of several that are chosen. */
export type PlacedRule = {
  readonly rule: Rule;
  readonly direction: Direction;
  readonly position: Position;
  readonly count: number;
  readonly block?: readonly Position[];
};

/** Moves a rule within its list; a move to where it already is does nothing. Said by position, as visual.md writes it. */
export function moveRule(actions: RuleListActions, placed: PlacedRule, to: Position): void {
  const { direction, position: from, count, rule } = placed;
  const target = Math.min(Math.max(to, 1), count);
  const block = blockOf(placed);
  if (block !== undefined) {
    const step = to - from;
    // One step of a key leads the whole block past the next other rule.
    moveWhole(actions, placed, Math.abs(step) === 1 ? aheadOf(block) + step : aheadAt(block, from, to));
    return;
  }
  if (target === from) return;
  actions.change([{ kind: "move-rule", direction, from, to: target }], {
    title: `Rule ${from} moved to position ${target} of ${count} ${direction}`,
    detail: formatRule(rule),
    focus: { direction, position: target },
  });
}

/** Lets a rule, or the block it belongs to, go exactly where the drop line says. */
export function dropRule(actions: RuleListActions, placed: PlacedRule, to: Position): void {
  const block = blockOf(placed);
  if (block === undefined) moveRule(actions, placed, to);
  else moveWhole(actions, placed, aheadAt(block, placed.position, to));
}

/** The edits that a rule, or the block it belongs to, let go at a position makes. */
export function dropEdits(placed: PlacedRule, to: Position): readonly ProfileEdit[] {
  const { direction, position: from } = placed;
  const block = blockOf(placed);
  if (block !== undefined) return moveBlock(block, aheadAt(block, from, to));
  return from === to ? [] : [{ kind: "move-rule", direction, from, to }];
}

/** Rules that are chosen together move together, behind `ahead` other rules. */
function moveWhole({ change }: RuleListActions, placed: PlacedRule, ahead: number): void {
  const { direction, position, count } = placed;
  const block = blockOf(placed);
  const edits = block === undefined ? [] : moveBlock(block, ahead);
  if (block === undefined || edits.length === 0) return;
  const places = placesOf(block, ahead);
  const focus = places[block.positions.indexOf(position)] ?? position;
  change(edits, {
    title: `${block.positions.length} rules moved to positions ${places[0]} to ${places.at(-1)} of ${count} ${direction}`,
    focus: { direction, position: focus },
    picked: places,
  });
}

/** Takes a rule out of one direction and appends it to the other. */
export function moveToOtherDirection({ change }: RuleListActions, { rule, direction, position }: PlacedRule): void {
  const other: Direction = direction === "inbound" ? "outbound" : "inbound";
  change(
    [
      { kind: "remove-rule", direction, at: position },
      { kind: "insert-rule", direction: other, rule },
    ],
    { title: `${capital(direction)} ${position} moved to ${other}`, detail: formatRule(rule) },
  );
}

/** Opens a copy for editing right behind: a list does not hold two equal rules. */
export function duplicateRule({ openRule }: RuleListActions, { rule, direction, position }: PlacedRule): void {
  openRule(direction, { kind: "insert", position: position + 1, like: rule });
}

/** Removes a rule, or all that are chosen with it; the keyboard goes on at the rule that took its place. */
export function removeRule(actions: RuleListActions, placed: PlacedRule): void {
  takeOut(actions, placed, "remove-rule");
}

/** Parks a rule, or all that are chosen with it: out of the list, and kept with its place. */
export function parkRule(actions: RuleListActions, placed: PlacedRule): void {
  takeOut(actions, placed, "park-rule");
}

function takeOut({ change }: RuleListActions, placed: PlacedRule, kind: "remove-rule" | "park-rule"): void {
  const { rule, direction, position, count } = placed;
  const positions = blockOf(placed)?.positions ?? [position];
  // From the end, so that the positions still to come do not shift.
  const edits = [...positions].reverse().map((at): ProfileEdit => ({ kind, direction, at }));
  const done = kind === "remove-rule" ? "removed" : "parked";
  const note: ChangeNote =
    positions.length === 1
      ? { title: `${capital(direction)} ${position} ${done}`, detail: formatRule(rule) }
      : { title: `${positions.length} ${direction} rules ${done}` };
  const left = count - positions.length;
  const next = Math.min(positions[0] ?? position, left);
  change(edits, left === 0 ? note : { ...note, focus: { direction, position: next } });
}

function blockOf({ direction, position, count, block }: PlacedRule): Block | undefined {
  if (block === undefined || block.length < 2 || !block.includes(position)) return undefined;
  return { direction, positions: block, count };
}

function capital(direction: Direction): string {
  return direction === "inbound" ? "Inbound" : "Outbound";
}
