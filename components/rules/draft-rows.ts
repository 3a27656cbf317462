import { canonicalKey } from "#policy/canonical-rule.ts";
import type { Position, Rule } from "#policy/rule.ts";

/** A rule as a row: its key is the rule's content, so that a row keeps its place in the page when it moves. */
export type DraftRow = {
  readonly key: string;
  readonly rule: Rule;
  readonly position: Position;
  readonly state: "saved" | "new" | "moved";
};

/** The rows of a list, told apart from what is stored: new ones, and those that changed their order. */
export function draftRows(rules: readonly Rule[], stored: readonly Rule[]): readonly DraftRow[] {
  const keys = rowKeys(rules);
  const placeInStore = rules === stored ? undefined : new Map(rowKeys(stored).map((key, index) => [key, index]));
  const stayed = placeInStore && stayingKeys(keys, placeInStore);
  const stateOf = (key: string): DraftRow["state"] => {
    if (placeInStore === undefined || stayed?.has(key)) return "saved";
    return placeInStore.has(key) ? "moved" : "new";
  };
  return rules.map((rule, index) => {
    const key = keys[index] ?? "";
    return { key, rule, position: index + 1, state: stateOf(key) };
  });
}

/** Content and which of equal rules it is. */
function rowKeys(rules: readonly Rule[]): readonly string[] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const content = canonicalKey(rule);
    const count = seen.get(content) ?? 0;
    seen.set(content, count + 1);
    return `${content}${count}`;
  });
}

/** The longest run of kept rules that are still in their stored order: the others are what was moved. */
function stayingKeys(keys: readonly string[], placeInStore: ReadonlyMap<string, number>): ReadonlySet<string> {
  const kept = keys.flatMap((key) => {
    const place = placeInStore.get(key);
    return place === undefined ? [] : [{ key, place }];
  });
  const best: { readonly length: number; readonly before: number }[] = [];
  let last = -1;
  for (const [index, { place }] of kept.entries()) {
    let length = 1;
    let before = -1;
    for (let earlier = 0; earlier < index; earlier += 1) {
      const candidate = best[earlier];
      if (candidate === undefined || (kept[earlier]?.place ?? place) >= place || candidate.length < length) continue;
      length = candidate.length + 1;
      before = earlier;
    }
    best.push({ length, before });
    if (last < 0 || length > (best[last]?.length ?? 0)) last = index;
  }
  const stayed = new Set<string>();
  for (let index = last; index >= 0; index = best[index]?.before ?? -1) stayed.add(kept[index]?.key ?? "");
  return stayed;
}
