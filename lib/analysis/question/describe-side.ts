import { nearestMiss } from "#analysis/question/nearest-miss.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Evaluation, FailedCriterion, NoRuleReason, SideVerdict } from "#policy/packet.ts";

/** Who said what on one side, in one line: the rule that decided, or why there is none. */
export function describeSide({ verdict, direction, decidedBy }: Omit<SideVerdict, "trace">): string {
  if (decidedBy.kind === "rule") {
    const { profile, position, rule } = decidedBy;
    return `${profile} ${direction} ${position}: ${formatRule(rule)}`;
  }
  const owner = decidedBy.profile === undefined ? "" : `${decidedBy.profile} `;
  return `${owner}${direction}: ${verdict}, ${REASONS[decidedBy.kind]}`;
}

/** The whole answer in one line: the side that stopped the packet, or both rules that let it pass. */
export function describeEvaluation({ verdict, sender, receiver }: Evaluation): string {
  if (verdict === "allow") return `${describeSide(sender)}; ${describeSide(receiver)}`;
  return describeSide(sender.verdict === "deny" ? sender : receiver);
}

/** The same, and for a denial the rule that came closest to letting the packet pass. */
export function explainEvaluation(evaluation: Evaluation): string {
  const { verdict, sender, receiver } = evaluation;
  if (verdict === "allow") return describeEvaluation(evaluation);
  const stopped = sender.verdict === "deny" ? sender : receiver;
  const miss = nearestMiss(stopped);
  if (miss === undefined) return describeSide(stopped);
  const place = `${miss.profile} ${stopped.direction} ${miss.position}: ${formatRule(miss.rule)}`;
  return `${describeSide(stopped)}; nearest is ${place}, but ${miss.failed.map(describeFailure).join(" and ")}`;
}

/** One failed criterion in words: `dst_ports wants 80,443, found 22`. */
export function describeFailure({ field, wanted, found }: FailedCriterion): string {
  return `${field} wants ${wanted}, found ${found}`;
}

/** Why no rule decided. */
export function describeReason(reason: NoRuleReason): string {
  return REASONS[reason];
}

const REASONS: Readonly<Record<NoRuleReason, string>> = {
  "no-profile": "the endpoint has no profile",
  "profile-missing": "the profile has no rules, which drops",
  "profile-invalid": "the profile's rules are invalid, which drops",
  "no-rule-matched": "no rule matches",
  "endpoint-inactive": "the endpoint is inactive",
  "endpoint-invalid": "the endpoint's data is invalid",
  "endpoint-unknown": "there is no such endpoint",
  "no-address": "the endpoint has no such address",
  "spoofed-source": "the source address is not the endpoint's",
  "wrong-mac": "the source MAC is not the endpoint's",
  "conntrack-invalid": "the connection state is invalid",
  "conntrack-established": "the connection is established",
  "not-policed": "no policy applies here",
  "host-exemption": "DHCP, DNS and neighbour discovery to the own host are exempt",
  "default-endpoint-to-host": "DefaultEndpointToHostAction is DROP",
  "other-side-denied": "the packet does not get this far",
};
