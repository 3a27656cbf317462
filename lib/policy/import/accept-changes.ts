import { canonicalKey } from "#policy/canonical-rule.ts";
import type { RuleChange } from "#policy/import/rule-change.ts";
import type { Position, Rule } from "#policy/rule.ts";

/** A rule on its way into the list; `from` is set where it stands as it stood, so that others find their place by it. */
type Placed = { readonly rule: Rule; readonly from?: Position };

/**
 * The list after only some of its changes: a declined addition is left out, and what was declined to go, to move or to
 * be edited is as it was, behind the nearest rule that still stands before it. Declining all gives the list before.
 */
export function acceptChanges(
  changes: readonly RuleChange[],
  isDeclined: (change: RuleChange, index: number) => boolean,
): readonly Rule[] {
  const list: Placed[] = [];
  const asBefore: { readonly rule: Rule; readonly from: Position }[] = [];
  for (const [index, change] of changes.entries()) {
    const declined = change.kind !== "kept" && isDeclined(change, index);
    if (declined && change.kind !== "added") {
      asBefore.push({ rule: change.kind === "edited" ? change.before : change.rule, from: change.from });
    } else if (!declined && change.kind !== "removed") {
      const stands = change.kind === "kept" || (change.kind === "edited" && !change.isMoved);
      list.push(stands ? { rule: change.rule, from: change.from } : { rule: change.rule });
    }
  }
  for (const each of asBefore.sort((a, b) => a.from - b.from)) list.splice(placeFor(list, each.from), 0, each);
  return list.map(({ rule }) => rule);
}

/** Names of changes that stay true when the list around them changes: equal changes are told apart by their count. */
export function changeNames(changes: readonly RuleChange[]): readonly string[] {
  const seen = new Map<string, number>();
  return changes.map((change) => {
    const before = change.kind === "edited" ? `${canonicalKey(change.before)}>` : "";
    const name = `${change.kind} ${before}${canonicalKey(change.rule)}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name} ${count}`;
  });
}

function placeFor(list: readonly Placed[], from: Position): number {
  let place = 0;
  let nearest = 0;
  for (const [index, placed] of list.entries()) {
    if (placed.from === undefined || placed.from >= from || placed.from < nearest) continue;
    nearest = placed.from;
    place = index + 1;
  }
  return place;
}
