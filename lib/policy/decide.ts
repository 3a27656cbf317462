import {
  failedCriteria,
  type Membership,
  type PreparedRule,
  prepareRule,
  ruleMatches,
} from "#policy/evaluation/match-rule.ts";
import type { Packet, SideVerdict, TraceStep } from "#policy/packet.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** What a decision looks up: the profiles as stored, and who is a member of which tag. */
export type PolicyView = { readonly profiles: ReadonlyMap<ProfileId, Profile>; readonly isMember: Membership };

/** Whose policy is asked: its profiles in the order of evaluation, and the direction. */
export type Policed = { readonly profileIds: readonly ProfileId[]; readonly direction: Direction };

type Decision = Pick<SideVerdict, "verdict" | "decidedBy">;

/**
 * Judges one new packet by the ordered profiles of an active endpoint (policy-model 2.2): the first rule that matches
 * decides; a missing or invalid profile drops at once; the end of all profiles drops. `trace` is computed when read.
 */
export function decide(view: PolicyView, policed: Policed, packet: Packet): SideVerdict {
  const { verdict, decidedBy } = walk(view, policed, packet);
  let steps: readonly TraceStep[] | undefined;
  return {
    verdict,
    direction: policed.direction,
    decidedBy,
    get trace() {
      steps ??= traceOf(view, policed, packet);
      return steps;
    },
  };
}

function walk(view: PolicyView, { profileIds, direction }: Policed, packet: Packet): Decision {
  for (const id of profileIds) {
    const leaf = view.profiles.get(id)?.rules;
    if (leaf?.kind !== "valid") return missingProfile(id, leaf?.kind);
    const rules = leaf.value[direction];
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index];
      if (rule === undefined || !ruleMatches(prepareRule(rule), packet, view.isMember)) continue;
      const { action } = prepareRule(rule).canonical;
      if (action === "next-tier") break;
      if (action === "log") continue;
      return { verdict: action, decidedBy: { kind: "rule", profile: id, position: index + 1, rule } };
    }
  }
  return { verdict: "deny", decidedBy: { kind: profileIds.length === 0 ? "no-profile" : "no-rule-matched" } };
}

/** A stub that drops stands where a profile's rules should be, so later profiles are not reached (2.5). */
function missingProfile(profile: ProfileId, leaf: "missing" | "invalid" | undefined): Decision {
  return {
    verdict: "deny",
    decidedBy: { kind: leaf === "invalid" ? "profile-invalid" : "profile-missing", profile },
  };
}

function traceOf(view: PolicyView, { profileIds, direction }: Policed, packet: Packet): readonly TraceStep[] {
  const steps: TraceStep[] = [];
  for (const profile of profileIds) {
    const leaf = view.profiles.get(profile)?.rules;
    if (leaf?.kind !== "valid") return steps;
    for (const [index, rule] of leaf.value[direction].entries()) {
      const prepared = prepareRule(rule);
      const failed = failedCriteria(prepared, packet, view.isMember);
      const outcome = outcomeOf(prepared, packet, failed.length === 0);
      steps.push({ profile, position: index + 1, rule, outcome, failed });
      if (outcome === "decided") return steps;
      if (outcome === "left-profile") break;
    }
  }
  return steps;
}

function outcomeOf(prepared: PreparedRule, packet: Packet, isMatch: boolean): TraceStep["outcome"] {
  if (!prepared.families.includes(packet.family)) return "other-family";
  if (!isMatch) return "no-match";
  const { action } = prepared.canonical;
  switch (action) {
    case "allow":
    case "deny":
      return "decided";
    case "log":
      return "logged";
    case "next-tier":
      return "left-profile";
    default:
      return assertNever(action);
  }
}
