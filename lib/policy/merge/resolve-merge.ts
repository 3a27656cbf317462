import { canonicalKey } from "#policy/canonical-rule.ts";
import type { ListMerge, MergeSlot } from "#policy/merge/merge-list.ts";
import { orderConflictId, ruleConflictId } from "#policy/merge/merge-profiles.ts";
import { mergeSidecars } from "#policy/merge/merge-sidecars.ts";
import type { MergeChoice, MergeChoices, ProfileMerge, RulesMerge } from "#policy/merge/profile-merge.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";

/** The merged profile; a conflict without a choice ends as yours. */
export function resolveMerge({ sides, tags, rules }: ProfileMerge, choices: MergeChoices = new Map()): Profile {
  const { id } = sides.theirs;
  const merged: Profile = { id, tags, rules: resolveRules(rules, choices) };
  const sidecar = mergeSidecars({ ...sides, merged });
  return sidecar === undefined ? merged : { ...merged, sidecar };
}

function resolveRules(rules: RulesMerge, choices: MergeChoices): Profile["rules"] {
  if (rules.kind === "whole") return choices.get("rules")?.kind === "theirs" ? rules.theirs : rules.yours;
  const list = (direction: Direction) => resolveList(rules.lists[direction], direction, choices);
  const lists = { inbound: list("inbound"), outbound: list("outbound") };
  return { kind: "valid", value: rules.extra === undefined ? lists : { ...lists, extra: rules.extra } };
}

function resolveList(merge: ListMerge, direction: Direction, choices: MergeChoices): readonly Rule[] {
  const order = choices.get(orderConflictId(direction))?.kind === "theirs" ? merge.theirs : merge.yours;
  const rules = order.flatMap((number) => {
    const slot = merge.slots[number];
    return slot === undefined ? [] : chosenRules(slot, direction, choices);
  });
  return withoutSurplus(rules, merge.atMost);
}

function chosenRules(slot: MergeSlot, direction: Direction, choices: MergeChoices): readonly Rule[] {
  if (slot.kind === "rule") return [slot.rule];
  const choice: MergeChoice = choices.get(ruleConflictId(direction, slot.base)) ?? { kind: "yours" };
  if (choice.kind === "rule") return [choice.rule];
  const theirs = slot.theirs === undefined || choice.kind === "yours" ? [] : [slot.theirs];
  const yours = slot.yours === undefined || choice.kind === "theirs" ? [] : [slot.yours];
  return [...theirs, ...yours];
}

/** Both may have made the same rule in different ways; the first of equal rules is the one that decides. */
function withoutSurplus(rules: readonly Rule[], atMost: ReadonlyMap<string, number>): readonly Rule[] {
  const seen = new Map<string, number>();
  return rules.filter((rule) => {
    const key = canonicalKey(rule);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count <= (atMost.get(key) ?? 1);
  });
}
