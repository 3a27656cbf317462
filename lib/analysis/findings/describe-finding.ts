import type { FindingFact, RulePlace } from "#analysis/findings/finding.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** A finding in one line, beginning with where it is. */
export function describeFinding(finding: FindingFact): string {
  switch (finding.kind) {
    case "rule-never-matches":
      return `${placeText(finding)}: never matches, ${neverText(finding)}`;
    case "rule-redundant":
      return `${placeText(finding)}: changes nothing; without it ${coverText(finding.coveredBy)}`;
    case "open-to-world":
      return `${placeText(finding)}: lets anyone in with ${finding.connections}`;
    case "action-missing":
      return `${placeText(finding)}: has no action, which allows`;
    case "deny-hides-profiles":
      return `${placeText(finding)}: denies all that is left, so ${finding.hidden.join(", ")} ${finding.hidden.length === 1 ? "is" : "are"} never asked on ${countText(finding.endpoints, "endpoint")}`;
    case "tag-misspelt":
      return `${placeText(finding)}: asks for tag ${finding.tag}, which nobody holds; ${finding.meant} is held`;
    case "tag-held-by-nobody":
      return `tag ${finding.tag}: nobody holds it; asked for by ${finding.rules.map(shortPlace).join(", ")}`;
    case "tag-asked-nowhere":
      return `tag ${finding.tag}: no rule asks for it; held by ${finding.holders.join(", ")}`;
    case "profile-unused":
      return `${finding.profile}: no endpoint has this profile`;
    case "profile-invalid":
      return `${finding.profile}: its ${finding.leaf} are invalid and count as missing: ${finding.reason}`;
    case "endpoint-profile-missing":
      return `${finding.profile}: has no rules, which drops everything on ${countText(finding.endpoints, "endpoint")}`;
    case "endpoint-profile-invalid":
      return `${finding.profile}: its rules are invalid, which drops everything on ${countText(finding.endpoints, "endpoint")}`;
    case "endpoint-invalid":
      return `endpoint ${finding.endpoint}: is invalid and counts as missing: ${finding.reason}`;
    case "address-block":
      return `endpoint ${finding.endpoint}: ${finding.net} stands for ${finding.address} only`;
    case "not-judged":
      return `${finding.profile} ${finding.direction}: too many different rules to judge within ${finding.maxSteps} steps; nothing is claimed about them`;
    default:
      return assertNever(finding);
  }
}

function placeText({ rule, ...place }: RulePlace): string {
  return `${shortPlace(place)} (${rule})`;
}

function shortPlace({ profile, direction, position }: Omit<RulePlace, "rule">): string {
  return `${profile} ${direction} ${position}`;
}

function neverText({ reason, blockedBy }: Extract<FindingFact, { kind: "rule-never-matches" }>): string {
  switch (reason) {
    case "shadowed":
      return `${positionsText(blockedBy)} ${blockedBy.length === 1 ? "takes" : "take"} all of its packets`;
    case "contradiction":
      return "its parts exclude each other";
    case "icmp-type-255":
      return "no packet has ICMP type 255";
    default:
      return assertNever(reason);
  }
}

function coverText(positions: readonly number[]): string {
  if (positions.length === 0) return "its packets leave the profile undecided as well";
  return `${positionsText(positions)} ${positions.length === 1 ? "decides" : "decide"} the same`;
}

function positionsText(positions: readonly number[]): string {
  return `rule${positions.length === 1 ? "" : "s"} ${positions.join(", ")}`;
}

function countText(names: readonly string[], what: string): string {
  const [first] = names;
  return names.length === 1 ? `${what} ${first}` : `${names.length} ${what}s, ${first} among them`;
}
