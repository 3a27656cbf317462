import { longestRise } from "#policy/merge/longest-rise.ts";
import { type ListMerge, mergeList } from "#policy/merge/merge-list.ts";
import type { MergeConflict, ProfileMerge, RulesMerge } from "#policy/merge/profile-merge.ts";
import { pairedOrigins, type RuleOrigins, rulesOf } from "#policy/merge/rule-origins.ts";
import type { Leaf, Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** A changed profile; where it is known, which rules of the base its rules come from. */
export type ChangedProfile = { readonly profile: Profile; readonly origins?: RuleOrigins };

const DIRECTIONS = ["inbound", "outbound"] as const;

/**
 * Puts together what two people made of one profile: `theirs` is stored, `yours` a draft. What each did alone is done,
 * and conflicts name what only a person can decide. It is the other's work when one side did nothing, and does not
 * depend on who is who but for the spelling of equal rules and the order of tags.
 */
export function mergeProfiles(base: Profile, theirs: ChangedProfile, yours: ChangedProfile): ProfileMerge {
  const tags = mergeTags(base.tags, theirs.profile.tags, yours.profile.tags);
  const rules = mergeRules(base, theirs, yours);
  const sides = { base, theirs: theirs.profile, yours: yours.profile };
  if (rules.kind === "whole") {
    return { sides, tags, rules, conflicts: rules.theirs === rules.yours ? [] : [{ kind: "rules", id: "rules" }] };
  }
  const conflicts = DIRECTIONS.flatMap((direction) =>
    conflictsOf(rules.lists[direction], direction, rulesOf(base, direction)),
  );
  return { sides, tags, rules, conflicts };
}

function mergeRules(base: Profile, theirs: ChangedProfile, yours: ChangedProfile): RulesMerge {
  const whole = (leaf: Profile["rules"]): RulesMerge => ({ kind: "whole", theirs: leaf, yours: leaf });
  const [mine, other] = [yours.profile.rules, theirs.profile.rules];
  if (isSame(other, base.rules)) return whole(mine);
  if (isSame(mine, base.rules) || isSame(mine, other)) return whole(other);
  if (mine.kind !== "valid" || other.kind !== "valid") return { kind: "whole", theirs: other, yours: mine };
  const origins = {
    theirs: theirs.origins ?? pairedOrigins(base, theirs.profile),
    yours: yours.origins ?? pairedOrigins(base, yours.profile),
  };
  const merge = (direction: Direction): ListMerge =>
    mergeList(
      rulesOf(base, direction),
      { rules: other.value[direction], origins: origins.theirs[direction] },
      { rules: mine.value[direction], origins: origins.yours[direction] },
    );
  return { kind: "lists", lists: { inbound: merge("inbound"), outbound: merge("outbound") }, extra: other.value.extra };
}

function conflictsOf(merge: ListMerge, direction: Direction, base: readonly Rule[]): readonly MergeConflict[] {
  const rules = merge.yours.flatMap((number): MergeConflict[] => {
    const slot = merge.slots[number];
    const before = slot?.kind === "conflict" ? base[slot.base] : undefined;
    if (slot?.kind !== "conflict" || before === undefined) return [];
    const { theirs, yours } = slot;
    const sides = { ...(theirs ? { theirs } : {}), ...(yours ? { yours } : {}) };
    return [{ kind: "rule", id: ruleConflictId(direction, slot.base), direction, base: before, ...sides }];
  });
  return [...rules, ...orderConflict(merge, direction)];
}

/** Names the conflict about a rule by where it stood in the base (1-based, as a person counts). */
export function ruleConflictId(direction: Direction, base: number): string {
  return `${direction} ${base + 1}`;
}

/** Names the conflict about the order of a list. */
export function orderConflictId(direction: Direction): string {
  return `${direction} order`;
}

function orderConflict({ slots, theirs, yours }: ListMerge, direction: Direction): readonly MergeConflict[] {
  if (theirs.every((number, place) => number === yours[place])) return [];
  const ruleOf = (number: number) => {
    const slot = slots[number];
    return slot?.kind === "rule" ? slot.rule : (slot?.yours ?? slot?.theirs);
  };
  const rulesIn = (order: readonly number[]) => order.map(ruleOf).filter((rule) => rule !== undefined);
  const placeInTheirs = new Map(theirs.map((number, place) => [number, place]));
  const stayed = new Set(longestRise(yours.map((number) => placeInTheirs.get(number) ?? 0)));
  const moved = rulesIn(yours.filter((_, place) => !stayed.has(place)));
  return [
    { kind: "order", id: orderConflictId(direction), direction, theirs: rulesIn(theirs), yours: rulesIn(yours), moved },
  ];
}

/** A tag is there when a side added it and gone when a side removed it: about one tag two people cannot disagree. */
function mergeTags(base: Profile["tags"], theirs: Profile["tags"], yours: Profile["tags"]): Profile["tags"] {
  if (isSame(theirs, base)) return yours;
  if (isSame(yours, base) || isSame(yours, theirs)) return theirs;
  // Tags that cannot be read are never put in place of readable ones.
  if (theirs.kind !== "valid" || yours.kind !== "valid") return theirs.kind === "valid" ? theirs : yours;
  const before = new Set<Tag>(base.kind === "valid" ? base.value : []);
  const [other, mine] = [new Set(theirs.value), new Set(yours.value)];
  const kept = theirs.value.filter((tag) => mine.has(tag) || !before.has(tag));
  return { kind: "valid", value: [...kept, ...yours.value.filter((tag) => !other.has(tag) && !before.has(tag))] };
}

function isSame<T>(a: Leaf<T>, b: Leaf<T>): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
