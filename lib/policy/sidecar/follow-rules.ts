import type { Rule } from "#policy/rule.ts";
import { nameOf, parkedPlaces, type RuleComment, ruleNames, type SidecarList } from "#policy/sidecar/sidecar.ts";

/** How a list changed: for each rule after, the index before that it comes from; nothing for a new one. */
export type ListChange = {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  readonly sources: readonly (number | undefined)[];
  /** What is beside rules that are gone goes with them, else it waits for them to come back. */
  readonly forgets: boolean;
};

/** What is beside a list after the list changed: comments go with their rules, parked rules keep their neighbours. */
export function followRules(list: SidecarList, change: ListChange): SidecarList {
  if (list.comments.length === 0 && list.parked.length === 0) return list;
  const { before, after, sources } = change;
  const places = parkedPlaces(before, list);
  const parked = list.parked.map(({ after: _after, ...one }, index) => {
    const behind = placeAfterChange(places[index] ?? 0, sources);
    const anchor = after[behind - 1];
    return { ...one, behind, ...(anchor !== undefined && { after: anchor }) };
  });
  return { comments: followComments(list.comments, change), parked: parked.sort((a, b) => a.behind - b.behind) };
}

function followComments(comments: readonly RuleComment[], change: ListChange): readonly RuleComment[] {
  const { before, after, sources, forgets } = change;
  const commentByName = new Map(comments.map((comment) => [nameOf(comment), comment]));
  const beforeNames = ruleNames(before);
  const afterNames = ruleNames(after);
  const stood = new Set(beforeNames);
  const followed: RuleComment[] = [];
  const taken = new Set<string>();
  for (const [index, rule] of after.entries()) {
    const source = sources[index];
    const name = afterNames[index] ?? "";
    const comment = commentByName.get(source === undefined ? name : (beforeNames[source] ?? ""));
    // A comment that waits for its rule finds it again when an equal one comes.
    if (comment === undefined || (source === undefined && stood.has(name))) continue;
    const nth = Number.parseInt(name, 10);
    followed.push({ rule, ...(nth > 1 && { nth }), text: comment.text });
    taken.add(name);
  }
  const waiting = comments.filter((comment) => {
    const name = nameOf(comment);
    return !taken.has(name) && !(stood.has(name) && (forgets || isCarried(name, beforeNames, sources)));
  });
  return [...followed, ...waiting];
}

function isCarried(name: string, beforeNames: readonly string[], sources: ListChange["sources"]): boolean {
  return sources.includes(beforeNames.indexOf(name));
}

/**
 * Where a place of the list before is in the list after: the first place with the most rules still on their side of it.
 * Right for one move, insertion or removal, and for many.
 */
function placeAfterChange(place: number, sources: readonly (number | undefined)[]): number {
  let best = { at: 0, score: 0 };
  let score = 0;
  for (const [index, source] of sources.entries()) {
    if (source !== undefined) score += source < place ? 1 : -1;
    if (score > best.score) best = { at: index + 1, score };
  }
  const isAnew = sources.every((source) => source === undefined);
  return isAnew ? Math.min(place, sources.length) : best.at;
}
