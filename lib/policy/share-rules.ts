import type { Leaf, ProfileRules } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";

/**
 * The rules read last, with every rule that is written as it was before standing for itself again: what is remembered
 * of a rule object (its decided form, its lines in the kernel) then outlives the change of its neighbour. The same value
 * as before where nothing differs.
 */
export function shareRules(before: Leaf<ProfileRules>, after: Leaf<ProfileRules>): Leaf<ProfileRules> {
  if (before.kind !== "valid" || after.kind !== "valid" || before === after) return after;
  const known = new Map(
    [...before.value.inbound, ...before.value.outbound].map((rule) => [JSON.stringify(rule), rule]),
  );
  const shared = (rule: Rule): Rule => known.get(JSON.stringify(rule)) ?? rule;
  const value = {
    ...after.value,
    inbound: after.value.inbound.map(shared),
    outbound: after.value.outbound.map(shared),
  };
  return isSame(before.value, value) ? before : { kind: "valid", value };
}

function isSame(a: ProfileRules, b: ProfileRules): boolean {
  const isSameList = (one: readonly Rule[], other: readonly Rule[]) =>
    one.length === other.length && one.every((rule, index) => rule === other[index]);
  const isSameRest = JSON.stringify(a.extra) === JSON.stringify(b.extra);
  return isSameRest && isSameList(a.inbound, b.inbound) && isSameList(a.outbound, b.outbound);
}
