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

/** A rule's lines per family; its comment names the profile and the direction. */
type RuleLines = { readonly place: string; readonly lines: Partial<Record<Family, readonly RuleLine[]>> };

const linesByRule = new WeakMap<Rule, RuleLines>();

function renderChain(rules: ProfileRules, id: ProfileId, place: Place): Chain {
  const lines = rules[place.direction].flatMap((rule) => ruleLines(rule, id, place));
  return { name: profileChainName(id, place.direction), lines };
}

/** Remembered per rule object: of a profile that changes most rules stay, and a dozen renders cost a millisecond. */
function ruleLines(rule: Rule, id: ProfileId, { direction, family }: Place): readonly RuleLine[] {
  const place = `${id} ${direction}`;
  let known = linesByRule.get(rule);
  if (known?.place !== place) {
    known = { place, lines: {} };
    linesByRule.set(rule, known);
  }
  known.lines[family] ??= renderRule(rule, place, family);
  return known.lines[family];
}

function renderRule(rule: Rule, place: string, family: Family): readonly RuleLine[] {
  const comment = `${place} ${formatRule(rule)}`;
  return ruleFragments(rule, family).map((fragment) =>
    ruleLine(formatFragment(fragment, family), comment, fragmentSetUses(fragment)),
  );
}
