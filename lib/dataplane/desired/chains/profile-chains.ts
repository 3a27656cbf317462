import { profileChainName } from "#dataplane/desired/names/chain-names.ts";
import { formatFragment, fragmentSetUses } from "#dataplane/desired/rules/format-fragment.ts";
import { ruleFragments } from "#dataplane/desired/rules/rule-fragments.ts";
import { type Chain, type RuleLine, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Family, Rule } from "#policy/rule.ts";

/** A profile's chain in one direction. Missing or invalid rules give a chain that drops (policy-model 2.5). */
export function profileChain(
  profile: Profile | undefined,
  id: ProfileId,
  place: { readonly direction: Direction; readonly family: Family },
): Chain {
  const name = profileChainName(id, place.direction);
  if (profile === undefined || profile.rules.kind !== "valid") {
    const reason = profile?.rules.kind === "invalid" ? "invalid" : "missing";
    return { name, lines: [ruleLine("-j DROP", `${id} rules are ${reason}`)] };
  }
  const rules = profile.rules.value[place.direction];
  return { name, lines: rules.flatMap((rule) => ruleLines(rule, id, place)) };
}

function ruleLines(
  rule: Rule,
  id: ProfileId,
  place: { readonly direction: Direction; readonly family: Family },
): readonly RuleLine[] {
  const comment = `${id} ${place.direction} ${formatRule(rule)}`;
  return ruleFragments(rule, place.family).map((fragment) =>
    ruleLine(formatFragment(fragment, place.family), comment, fragmentSetUses(fragment)),
  );
}
