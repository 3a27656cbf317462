import { equalRules } from "#policy/canonical-rule.ts";
import { pairRules } from "#policy/edit/pair-rules.ts";
import { isAlike, pairEdits } from "#policy/import/pair-edits.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import type { Position, Rule } from "#policy/rule.ts";

/**
 * Tells what became of each rule of a list. In the order of the list after; a removed rule stands where it stood. A rule
 * that only shifts because others came or went is `kept`, and so is one that is only written otherwise.
 */
export function ruleChanges(before: readonly Rule[], after: readonly Rule[]): readonly RuleChange[] {
  const { sources, changed, anchors } = pairRules(before, after);
  const survivors = new Set<number>();
  const changes = after.map((rule, index): RuleChange => {
    const source = sources[index];
    const old = source === undefined ? undefined : before[source];
    const to = index + 1;
    // Another rule in the same place is a new one, however the lists pair up.
    if (source === undefined || old === undefined || (changed.has(index) && !isAlike(old, rule))) {
      return { kind: "added", rule, to };
    }
    survivors.add(source);
    const from = source + 1;
    const isMoved = !anchors.has(source);
    if (changed.has(index) && !equalRules(old, rule)) return { kind: "edited", rule, before: old, from, to, isMoved };
    return { kind: isMoved ? "moved" : "kept", rule, from, to };
  });
  return pairEdits(withRemoved(changes, before, survivors));
}

/** How many rules were really changed; 0 means the file says what is stored already. */
export function countChanges(changes: readonly RuleChange[]): number {
  return changes.filter(({ kind }) => kind !== "kept").length;
}

/** Puts each removed rule where it stood: behind the rule that stood before it, ahead of what took its place. */
function withRemoved(
  changes: readonly RuleChange[],
  before: readonly Rule[],
  survivors: ReadonlySet<number>,
): readonly RuleChange[] {
  const merged: RuleChange[] = [];
  let next = 0;
  const tellRemoved = (upTo: number) => {
    for (; next < upTo; next += 1) {
      const rule = before[next];
      if (rule !== undefined && !survivors.has(next)) merged.push({ kind: "removed", rule, from: next + 1 });
    }
  };
  const endOfGap = () => {
    let end = next;
    while (end < before.length && !survivors.has(end)) end += 1;
    return end;
  };
  for (const change of changes) {
    const from = placeOf(change);
    tellRemoved(from === undefined ? endOfGap() : from - 1);
    merged.push(change);
    next = Math.max(next, from ?? 0);
  }
  tellRemoved(before.length);
  return merged;
}

/** Where a rule stood, for rules that still stand in that order. */
function placeOf(change: RuleChange): Position | undefined {
  if (change.kind === "kept") return change.from;
  return change.kind === "edited" && !change.isMoved ? change.from : undefined;
}
