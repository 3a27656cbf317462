import { profileChainName } from "#dataplane/desired/names/chain-names.ts";
import { formatFragment, fragmentSetUses } from "#dataplane/desired/rules/format-fragment.ts";
import { ruleFragments } from "#dataplane/desired/rules/rule-fragments.ts";
import { type Chain, type RuleLine, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Family, Rule } from "#policy/rule.ts";

type Place = { readonly direction: Direction; readonly family: Family };

const chainsByRules = new WeakMap<ProfileRules, Map<string, Chain>>();

/**
 * A profile's chain in one direction. Missing or invalid rules give a chain that drops (policy-model 2.5). Remembered
 * per rules object, so that a change renders the profile it is about and no other.
 */
export function profileChain(profile: Profile | undefined, id: ProfileId, place: Place): Chain {
  if (profile === undefined || profile.rules.kind !== "valid") {
    const reason = profile?.rules.kind === "invalid" ? "invalid" : "missing";
    const stub = ruleLine("-j DROP", `${id} rules are ${reason}`);
    return { name: profileChainName(id, place.direction), lines: [stub] };
  }
  const rules = profile.rules.value;
  const chains = chainsByRules.get(rules) ?? new Map<string, Chain>();
  chainsByRules.set(rules, chains);
  const key = `${place.direction} ${place.family} ${id}`;
  const chain = chains.get(key) ?? renderChain(rules, id, place);
  chains.set(key, chain);
  return chain;
}

function renderChain(rules: ProfileRules, id: ProfileId, place: Place): Chain {
  const lines = rules[place.direction].flatMap((rule) => ruleLines(rule, id, place));
  return { name: profileChainName(id, place.direction), lines };
}

function ruleLines(rule: Rule, id: ProfileId, { direction, family }: Place): readonly RuleLine[] {
  const comment = `${id} ${direction} ${formatRule(rule)}`;
  return ruleFragments(rule, family).map((fragment) =>
    ruleLine(formatFragment(fragment, family), comment, fragmentSetUses(fragment)),
  );
}
