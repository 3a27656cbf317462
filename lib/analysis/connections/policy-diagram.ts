import { type ConnectionSet, intersect, NOTHING } from "#analysis/connections/connection-set.ts";
import { type Diagram, leaf, select } from "#analysis/connections/diagram.ts";
import { familyRegion, ruleRegion } from "#analysis/connections/rule-region.ts";
import { cidrContains } from "#policy/cidr.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { SideVerdict } from "#policy/packet.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Family, Rule, SideMatch } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** What rules can ask of one end of a connection, in one or both families. */
export type EndFacts = {
  readonly holdsTag: (tag: Tag, family: Family) => boolean;
  readonly address: (family: Family) => bigint;
};

/** Both ends of a connection. */
export type Ends = { readonly src: EndFacts; readonly dst: EndFacts };

/** What decides and how: the same words as an evaluation's. */
export type Decision = Pick<SideVerdict, "verdict" | "decidedBy">;

/** Ordered profiles and a direction, with the profiles as stored. */
export type Policy = {
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  readonly profileIds: readonly ProfileId[];
  readonly direction: Direction;
};

/**
 * What ordered profiles decide for every new connection between two ends: the walk of decide.ts for all packets at
 * once. Built from the last rule to the first, each laid over what comes after it.
 */
export function policyDiagram<T>(policy: Policy, ends: Ends, decided: (decision: Decision) => T): Diagram<T> {
  const { profiles, profileIds, direction } = policy;
  const atEnd = { kind: profileIds.length === 0 ? "no-profile" : "no-rule-matched" } as const;
  let rest: Diagram<T> = leaf(decided({ verdict: "deny", decidedBy: atEnd }));
  for (const profile of profileIds.toReversed()) {
    const leafOfRules = profiles.get(profile)?.rules;
    if (leafOfRules?.kind !== "valid") {
      const kind = leafOfRules?.kind === "invalid" ? "profile-invalid" : "profile-missing";
      rest = leaf(decided({ verdict: "deny", decidedBy: { kind, profile } }));
      continue;
    }
    rest = layRules({ profile, rules: leafOfRules.value[direction], after: rest, ends, decided });
  }
  return rest;
}

type Layer<T> = {
  readonly profile: ProfileId;
  readonly rules: readonly Rule[];
  /** What a packet meets that leaves this profile undecided. */
  readonly after: Diagram<T>;
  readonly ends: Ends;
  readonly decided: (decision: Decision) => T;
};

function layRules<T>({ profile, rules, after, ends, decided }: Layer<T>): Diagram<T> {
  let rest = after;
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const rule = rules[index];
    if (rule === undefined) continue;
    const { action } = prepareRule(rule).canonical;
    const region = action === "log" ? NOTHING : regionBetween(rule, ends);
    switch (action) {
      case "allow":
      case "deny": {
        const decision: Decision = {
          verdict: action,
          decidedBy: { kind: "rule", profile, position: index + 1, rule },
        };
        rest = select(region, leaf(decided(decision)), rest);
        break;
      }
      case "next-tier":
        rest = select(region, after, rest);
        break;
      case "log":
        break;
      default:
        assertNever(action);
    }
  }
  return rest;
}

const FAMILIES: readonly Family[] = [4, 6];

/** The connections between these ends that the rule matches. */
export function regionBetween(rule: Rule, ends: Ends): ConnectionSet {
  const { canonical, families } = prepareRule(rule);
  if (!namesEnds(canonical.src) && !namesEnds(canonical.dst)) return ruleRegion(rule);
  const matching = FAMILIES.filter(
    (family) =>
      families.includes(family) &&
      endMatches(canonical.src, ends.src, family) &&
      endMatches(canonical.dst, ends.dst, family),
  );
  if (matching.length === 0) return NOTHING;
  return matching.length === families.length ? ruleRegion(rule) : intersect(familyRegion(matching), ruleRegion(rule));
}

function namesEnds({ tag, notTag, net, notNet }: SideMatch): boolean {
  return tag !== undefined || notTag !== undefined || net !== undefined || notNet !== undefined;
}

function endMatches({ tag, notTag, net, notNet }: SideMatch, end: EndFacts, family: Family): boolean {
  if (tag !== undefined && !end.holdsTag(tag, family)) return false;
  if (notTag !== undefined && end.holdsTag(notTag, family)) return false;
  if (net !== undefined && !cidrContains(net, family, end.address(family))) return false;
  return notNet === undefined || (notNet.family === family && !cidrContains(notNet, family, end.address(family)));
}
