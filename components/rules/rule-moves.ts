import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { ChangeNote, RuleListActions } from "./rule-list-context.ts";

/** A rule and where it stands. */
export type PlacedRule = {
  readonly rule: Rule;
  readonly direction: Direction;
  readonly position: Position;
  readonly count: number;
};

/** Moves a rule within its list; a move to where it already is does nothing. Said by position, as visual.md writes it. */
export function moveRule({ change }: RuleListActions, placed: PlacedRule, to: Position): void {
  const { direction, position: from, count, rule } = placed;
  const target = Math.min(Math.max(to, 1), count);
  if (target === from) return;
  change([{ kind: "move-rule", direction, from, to: target }], {
    title: `Rule ${from} moved to position ${target} of ${count} ${direction}`,
    detail: formatRule(rule),
    focus: { direction, position: target },
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

/** Removes a rule; the keyboard goes on at the rule that took its place. */
export function removeRule({ change }: RuleListActions, { rule, direction, position, count }: PlacedRule): void {
  const note: ChangeNote = { title: `${capital(direction)} ${position} removed`, detail: formatRule(rule) };
  const focus = count > 1 ? { focus: { direction, position: Math.min(position, count - 1) } } : {};
  change([{ kind: "remove-rule", direction, at: position }], { ...note, ...focus });
}

function capital(direction: Direction): string {
  return direction === "inbound" ? "Inbound" : "Outbound";
}
