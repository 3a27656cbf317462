import { type Pairing, pairRules } from "#policy/edit/pair-rules.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Rule } from "#policy/rule.ts";

type WithoutDirection<E> = E extends unknown ? Omit<E, "direction"> : never;

/** An edit of one list, before it is known which direction the list is. */
export type ListEdit = WithoutDirection<
  Extract<ProfileEdit, { readonly kind: "insert-rule" | "remove-rule" | "replace-rule" | "move-rule" }>
>;

/** The fewest removals, changes, moves and insertions, in the order in which they can be applied. */
export function diffRuleList(before: readonly Rule[], after: readonly Rule[]): readonly ListEdit[] {
  const pairing = pairRules(before, after);
  const kept = new Set(pairing.sources.filter((source) => source !== undefined));
  const current = before.map((_, index) => index).filter((index) => kept.has(index));
  return [
    ...removals(before, kept),
    ...changes(pairing, { current, after }),
    ...placements(pairing, { current, after }),
  ];
}

/** `current` holds the rules that stay, as indexes of the list before. */
type Walk = { readonly current: readonly number[]; readonly after: readonly Rule[] };

/** From the end, so that positions still to come do not shift. */
function removals(before: readonly Rule[], kept: ReadonlySet<number>): readonly ListEdit[] {
  const gone = before.map((_, index) => index).filter((index) => !kept.has(index));
  return gone.reverse().map((index) => ({ kind: "remove-rule", at: index + 1 }));
}

function changes({ sources, changed }: Pairing, { current, after }: Walk): readonly ListEdit[] {
  return after.flatMap((rule, index) => {
    const source = sources[index];
    if (source === undefined || !changed.has(index)) return [];
    return [{ kind: "replace-rule", at: current.indexOf(source) + 1, rule } as const];
  });
}

/**
 * Walks the list after from its top and puts each moved or new rule right behind its predecessor. Whatever stands in
 * between is itself still to be moved, so in the end it is gone from there.
 */
function placements({ sources, anchors }: Pairing, { current, after }: Walk): readonly ListEdit[] {
  const order = [...current];
  const edits: ListEdit[] = [];
  let predecessor: number | undefined;
  for (const [index, rule] of after.entries()) {
    const source = sources[index];
    // Numbers below zero stand for new rules, so that one number names each rule of the list.
    const item = source ?? -1 - index;
    const from = order.indexOf(item);
    if (source === undefined || !anchors.has(source)) {
      if (from >= 0) order.splice(from, 1);
      const to = predecessor === undefined ? 0 : order.indexOf(predecessor) + 1;
      order.splice(to, 0, item);
      if (from < 0) edits.push({ kind: "insert-rule", rule, at: to + 1 });
      else if (from !== to) edits.push({ kind: "move-rule", from: from + 1, to: to + 1 });
    }
    predecessor = item;
  }
  return edits;
}
