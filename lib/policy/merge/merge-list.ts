import { canonicalKey, equalRules } from "#policy/canonical-rule.ts";
import { longestRise } from "#policy/merge/longest-rise.ts";
import { type Item, mergeOrders } from "#policy/merge/merge-orders.ts";
import type { Origins } from "#policy/merge/rule-origins.ts";
import type { Rule } from "#policy/rule.ts";

/**
 * Three lists made one, rule by rule. What only one side did is done; what both did alike is done once. Only where both
 * did something to the same rule, or wanted two orders, is something left open.
 */
export type ListMerge = {
  readonly slots: readonly MergeSlot[];
  /** The places of the slots in the order that follows them where it is open, and in the one that follows you. */
  readonly theirs: readonly number[];
  readonly yours: readonly number[];
  /** How often a rule may stand in the list, by its canonical key: no more often than in one of the two. */
  readonly atMost: ReadonlyMap<string, number>;
};

export type MergeSlot =
  | { readonly kind: "rule"; readonly rule: Rule }
  /** Both sides did something to this rule of the base; an absent rule was removed. */
  | { readonly kind: "conflict"; readonly base: number; readonly theirs?: Rule; readonly yours?: Rule };

/** A changed list and where each of its rules comes from. */
export type ChangedList = { readonly rules: readonly Rule[]; readonly origins: Origins };

/** Merges what two people made of one list. Symmetric but for spelling: rules that are equal are written as theirs. */
export function mergeList(base: readonly Rule[], theirs: ChangedList, yours: ChangedList): ListMerge {
  const moved = { theirs: movedOrigins(theirs.origins), yours: movedOrigins(yours.origins) };
  const at = { theirs: placesOf(theirs.origins), yours: placesOf(yours.origins) };
  const merged: { readonly item: Item; readonly slot: MergeSlot }[] = [];
  for (const [index, before] of base.entries()) {
    const item: Item = {
      base: index,
      theirs: at.theirs.get(index),
      yours: at.yours.get(index),
      isMovedByThem: moved.theirs.has(index),
      isMovedByYou: moved.yours.has(index),
    };
    const slot = slotOf(before, item, { theirs: theirs.rules, yours: yours.rules });
    if (slot !== undefined) merged.push({ item, slot });
  }
  merged.push(...additions(theirs, yours));
  const items = merged.map(({ item }) => item);
  return {
    slots: merged.map(({ slot }) => slot),
    ...mergeOrders(items),
    atMost: largerCounts(theirs.rules, yours.rules),
  };
}

type Sides = { readonly theirs: readonly Rule[]; readonly yours: readonly Rule[] };

/** What becomes of a rule both began with; nothing when it is gone. */
function slotOf(base: Rule, item: Item, rules: Sides): MergeSlot | undefined {
  const theirs = item.theirs === undefined ? undefined : rules.theirs[item.theirs];
  const yours = item.yours === undefined ? undefined : rules.yours[item.yours];
  if (theirs !== undefined && yours !== undefined) {
    const rule = agreedRule(base, theirs, yours);
    return rule ? { kind: "rule", rule } : { kind: "conflict", base: item.base ?? 0, theirs, yours };
  }
  // One side removed it: that stands unless the other did something to it.
  if (theirs !== undefined && (item.isMovedByThem || !equalRules(theirs, base))) {
    return { kind: "conflict", base: item.base ?? 0, theirs };
  }
  if (yours !== undefined && (item.isMovedByYou || !equalRules(yours, base))) {
    return { kind: "conflict", base: item.base ?? 0, yours };
  }
  return undefined;
}

/** The rule that holds what both did to it; nothing when they changed it in different ways. */
function agreedRule(base: Rule, theirs: Rule, yours: Rule): Rule | undefined {
  const isSame = (one: Rule, other: Rule) => JSON.stringify(one) === JSON.stringify(other);
  if (isSame(theirs, base)) return yours;
  if (isSame(yours, base) || equalRules(theirs, yours) || equalRules(yours, base)) return theirs;
  return equalRules(theirs, base) ? yours : undefined;
}

/** New rules of both; one that both added stands once. */
function additions(theirs: ChangedList, yours: ChangedList): { readonly item: Item; readonly slot: MergeSlot }[] {
  const mine = addedPlaces(yours.origins);
  const byKey = new Map<string, number[]>();
  for (const place of mine) {
    const key = keyAt(yours.rules, place);
    byKey.set(key, [...(byKey.get(key) ?? []), place]);
  }
  const added = (rules: readonly Rule[], place: number, item: Item) => {
    const rule = rules[place];
    return rule === undefined ? [] : [{ item, slot: { kind: "rule", rule } as const }];
  };
  const both = new Set<number>();
  const ofThem = addedPlaces(theirs.origins).flatMap((place) => {
    const same = byKey.get(keyAt(theirs.rules, place))?.shift();
    if (same !== undefined) both.add(same);
    return added(theirs.rules, place, { theirs: place, yours: same });
  });
  const ofYou = mine.filter((place) => !both.has(place));
  return [...ofThem, ...ofYou.flatMap((place) => added(yours.rules, place, { yours: place }))];
}

function addedPlaces(origins: Origins): readonly number[] {
  return origins.flatMap((origin, place) => (origin === undefined ? [place] : []));
}

function keyAt(rules: readonly Rule[], place: number): string {
  const rule = rules[place];
  return rule === undefined ? "" : canonicalKey(rule);
}

function placesOf(origins: Origins): ReadonlyMap<number, number> {
  return new Map(origins.flatMap((origin, place) => (origin === undefined ? [] : [[origin, place] as const])));
}

/** The rules of the base that stand in another order now; the fewest that explain it. */
function movedOrigins(origins: Origins): ReadonlySet<number> {
  const kept = origins.filter((origin) => origin !== undefined);
  const stayed = new Set(longestRise(kept));
  return new Set(kept.filter((_, place) => !stayed.has(place)));
}

function largerCounts(...lists: readonly (readonly Rule[])[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const list of lists) {
    const counts = new Map<string, number>();
    for (const rule of list) counts.set(canonicalKey(rule), (counts.get(canonicalKey(rule)) ?? 0) + 1);
    for (const [key, count] of counts) most.set(key, Math.max(count, most.get(key) ?? 0));
  }
  return most;
}
