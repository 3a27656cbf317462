import { type ConnectionSet, EVERYTHING, isEmpty, NOTHING } from "#analysis/connections/connection-set.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { createRuleAlgebra, type RuleAlgebra, TooMuchWorkError } from "#analysis/findings/rule-algebra.ts";
import { MAX_STEPS, placeRule } from "#analysis/findings/rule-findings.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/**
 * Denies after which nothing is left: the profiles that follow on the endpoint are never asked in that direction
 * (policy-model 2.12, 4). Proven for every packet and every tag, so it holds for all endpoints with the list.
 */
export function hiddenProfiles(snapshot: Snapshot): readonly Finding[] {
  const lists = new Map<string, { readonly ids: readonly ProfileId[]; readonly endpoints: string[] }>();
  for (const [name, { value }] of snapshot.endpoints) {
    if (value.kind !== "valid" || value.value.profileIds.length < 2) continue;
    const ids = value.value.profileIds;
    const list = lists.get(ids.join()) ?? { ids, endpoints: [] };
    list.endpoints.push(name);
    lists.set(ids.join(), list);
  }
  return [...lists.values()].flatMap(({ ids, endpoints }) =>
    (["inbound", "outbound"] as const).flatMap((direction) => hiddenIn(snapshot, { ids, direction, endpoints })),
  );
}

type ListInUse = {
  readonly ids: readonly ProfileId[];
  readonly direction: Direction;
  readonly endpoints: readonly string[];
};

function hiddenIn(snapshot: Snapshot, { ids, direction, endpoints }: ListInUse): readonly Finding[] {
  const lists = ids.map((id) => {
    const leaf = snapshot.profiles.get(id)?.rules;
    return leaf?.kind === "valid" ? leaf.value[direction] : undefined;
  });
  try {
    const last = findLast(lists, createRuleAlgebra(MAX_STEPS));
    if (last === undefined) return [];
    const hidden = ids.filter((_, index) => index > last.list && (lists[index]?.length ?? 0) > 0);
    const [profile, rule] = [ids[last.list], lists[last.list]?.[last.position - 1]];
    if (hidden.length === 0 || profile === undefined || rule === undefined) return [];
    const place = placeRule({ profile, direction, position: last.position }, rule);
    return [{ kind: "deny-hides-profiles", ...place, hidden, endpoints, severity: "warning" }];
  } catch (error) {
    if (!(error instanceof TooMuchWorkError)) throw error;
    const [profile] = ids;
    return profile === undefined
      ? []
      : [{ kind: "not-judged", profile, direction, maxSteps: MAX_STEPS, severity: "notice" }];
  }
}

/** The deny that takes what was left, when there is one. A list that is missing or invalid drops and is told otherwise. */
function findLast(
  lists: readonly (readonly Rule[] | undefined)[],
  algebra: RuleAlgebra,
): { readonly list: number; readonly position: Position } | undefined {
  let entering: ConnectionSet = EVERYTHING;
  for (const [list, rules] of lists.entries()) {
    if (rules === undefined) return undefined;
    let left = entering;
    let leaving: ConnectionSet = NOTHING;
    for (const [index, rule] of rules.entries()) {
      const { action } = prepareRule(rule).canonical;
      if (action === "log") continue;
      const region = algebra.region(rule);
      if (action === "next-tier") leaving = algebra.union(leaving, algebra.intersect(left, region));
      left = algebra.subtract(left, region);
      if (isEmpty(left) && isEmpty(leaving)) return action === "deny" ? { list, position: index + 1 } : undefined;
    }
    entering = algebra.union(left, leaving);
  }
  return undefined;
}
