import { canonicalKey } from "#policy/canonical-rule.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import { isAlike, pairEdits } from "./pair-edits.ts";
import type { RuleChange } from "./rule-change.ts";

/**
 * Follows each rule of a list through edits (diffProfiles makes them) and tells its fate. In the order of the list
 * after; a removed rule stands where it stood. A rule that only shifts because others came or went is `kept`.
 */
export function ruleChanges(
  direction: Direction,
  before: readonly Rule[],
  edits: readonly ProfileEdit[],
): readonly RuleChange[] {
  const fates = replay(direction, before, edits);
  const survivors = new Set(fates.flatMap((fate) => (fate.from === undefined ? [] : [fate.from])));
  const changes: RuleChange[] = fates.map(describeFate);
  for (const [index, rule] of before.entries()) {
    const from = index + 1;
    if (!survivors.has(from)) changes.splice(placeOfRemoved(changes, from), 0, { kind: "removed", rule, from });
  }
  return pairEdits(changes);
}

/** How many rules were really changed; 0 means the file says what is stored already. */
export function countChanges(changes: readonly RuleChange[]): number {
  return changes.filter(({ kind }) => kind !== "kept").length;
}

/** A rule on its way through the edits: where it came from, and what was done to it. */
type Fate = {
  readonly from?: Position;
  readonly before?: Rule;
  readonly rule: Rule;
  readonly isMoved: boolean;
  readonly isEdited: boolean;
};

function replay(direction: Direction, before: readonly Rule[], edits: readonly ProfileEdit[]): readonly Fate[] {
  let fates: readonly Fate[] = before.map((rule, index) => ({
    from: index + 1,
    before: rule,
    rule,
    isMoved: false,
    isEdited: false,
  }));
  for (const edit of edits) fates = follow(fates, edit, direction);
  return fates;
}

function follow(fates: readonly Fate[], edit: ProfileEdit, direction: Direction): readonly Fate[] {
  if (edit.kind === "replace-rules") return edit[direction].map(addedFate);
  if (!("direction" in edit) || edit.direction !== direction) return fates;
  const next = [...fates];
  if (edit.kind === "insert-rule") next.splice((edit.at ?? fates.length + 1) - 1, 0, addedFate(edit.rule));
  if (edit.kind === "remove-rule") next.splice(edit.at - 1, 1);
  if (edit.kind === "remove-equal") removeFirstEqual(next, edit.rule);
  if (edit.kind === "move-rule") {
    const [lifted] = next.splice(edit.from - 1, 1);
    if (lifted !== undefined) next.splice(edit.to - 1, 0, { ...lifted, isMoved: true });
  }
  if (edit.kind === "replace-rule") {
    const old = next[edit.at - 1];
    // Another rule in the same place is a new one, whatever the edit is called.
    const isSameRule = old !== undefined && isAlike(old.rule, edit.rule);
    next[edit.at - 1] = isSameRule ? { ...old, rule: edit.rule, isEdited: true } : addedFate(edit.rule);
  }
  return next;
}

function removeFirstEqual(fates: Fate[], rule: Rule): void {
  const key = canonicalKey(rule);
  const at = fates.findIndex((fate) => canonicalKey(fate.rule) === key);
  if (at >= 0) fates.splice(at, 1);
}

function addedFate(rule: Rule): Fate {
  return { rule, isMoved: false, isEdited: false };
}

function describeFate(fate: Fate, index: number): RuleChange {
  const { rule, from, before } = fate;
  const to = index + 1;
  if (from === undefined || before === undefined) return { kind: "added", rule, to };
  if (fate.isEdited) return { kind: "edited", rule, before, from, to, isMoved: fate.isMoved };
  return { kind: fate.isMoved && from !== to ? "moved" : "kept", rule, from, to };
}

/** Behind the last change that stood before it. */
function placeOfRemoved(changes: readonly RuleChange[], from: Position): number {
  let place = 0;
  for (const [index, change] of changes.entries()) {
    if (change.kind === "removed" && change.from < from) place = index + 1;
    if (change.kind === "kept" && change.from < from) place = index + 1;
    if (change.kind === "edited" && !change.isMoved && change.from < from) place = index + 1;
  }
  return place;
}
