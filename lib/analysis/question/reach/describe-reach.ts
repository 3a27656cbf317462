import { describeFailure, describeReason } from "#analysis/question/describe-side.ts";
import { placeName } from "#analysis/question/format-place.ts";
import type { ReachAnswer, ReachCase } from "#analysis/question/reach/answer-reach.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import type { KeyUse, RuleTrace, SideTrace } from "#analysis/question/reach/side-trace.ts";
import { formatTraffic } from "#analysis/question/reach/traffic-text.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatProtocol } from "#policy/protocol.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** The verdict, which repeats the question: `Yes. WEB can reach APP on tcp/7890.` */
export function reachSentence({ question, verdict, allowed }: ReachAnswer): string {
  const [from, to] = [placeName(question.from), placeName(question.to)];
  const on = formatTraffic(question.traffic);
  const what = on === "" ? "" : ` on ${on}`;
  switch (verdict) {
    case "allow":
      return `Yes. ${from} can reach ${to}${on === "" ? " with everything" : what}.`;
    case "deny":
      return `No. ${from} cannot reach ${to}${on === "" ? " with anything" : what}.`;
    case "part":
      return `In part. ${from} can reach ${to} on ${allowed}${on === "" ? "" : `, not on all of ${on}`}.`;
    default:
      return assertNever(verdict);
  }
}

/** What an answer hangs on: both sides in words, then the rules; the tags are drawn beside it. */
export function reachDetail(question: ReachQuestion, { verdict, sender, receiver, keys }: ReachCase): string {
  const [from, to] = [placeName(question.from), placeName(question.to)];
  if (verdict === "allow") {
    const rules = [ruleName(sender), ruleName(receiver)].filter((name) => name !== "");
    const hangs = rules.length === 0 ? "No policy of ours is asked." : `It hangs on ${rules.join(", ")}`;
    const tags = keys.length === 0 ? (rules.length === 0 ? "" : ".") : ` and the tag ${tagNames(keys)}.`;
    return `${letsOut(from, sender)}, ${letsIn(to, receiver)}. ${hangs}${tags}`;
  }
  const lacking = keys.map(({ tag, end }) => `${end === "from" ? from : to} does not hold ${tag}`).join(", ");
  const why = lacking === "" ? "" : `: ${lacking}`;
  if (sender.verdict === "allow")
    return `${letsOut(from, sender)}, ${to} drops it: ${lacking || stopReason(receiver)}.`;
  const first = `${from} never sends it: ${stopReason(sender)}.`;
  if (receiver.verdict === "allow") return `${first} ${to} would let it in.`;
  if (receiver.decidedBy.kind === "other-side-denied") return first;
  return `${first} ${to} would drop it too${why || `: ${stopReason(receiver)}`}.`;
}

/** What came of a rule in few words; for one passed over every reason, the most telling first. */
export function ruleOutcome({ rule, outcome, failed }: RuleTrace): readonly string[] {
  switch (outcome) {
    case "decided":
      return ["decides"];
    case "not-reached":
      return ["not reached"];
    case "logged":
      return ["logs, goes on"];
    case "left-profile":
      return ["leaves the profile"];
    case "other-family":
    case "no-match":
      return failed.length === 0 ? ["does not match"] : tellingFirst(failed).map((each) => missWords(rule, each));
    default:
      return assertNever(outcome);
  }
}

const TELLING: readonly string[] = ["protocol", "ip_version", "icmp_type", "icmp_code", "dst_ports", "src_ports"];

/** Where the protocol differs nobody asks about the port, and where the port does, nobody about the tag. */
function tellingFirst(failed: RuleTrace["failed"]): RuleTrace["failed"] {
  const rank = ({ field }: RuleTrace["failed"][number]) => TELLING.indexOf(field) + 1 || TELLING.length + 1;
  return [...failed].sort((a, b) => rank(a) - rank(b));
}

function missWords(rule: RuleTrace["rule"], failure: RuleTrace["failed"][number]): string {
  const { protocol, ipVersion, src, dst } = canonicalRule(rule);
  switch (failure.field) {
    case "protocol":
      return protocol === undefined ? describeFailure(failure) : `${formatProtocol(protocol)} only`;
    case "dst_ports":
      return "port differs";
    case "src_ports":
      return "source port differs";
    case "icmp_type":
    case "icmp_code":
      return "other ICMP type";
    case "ip_version":
      return ipVersion === undefined ? "other IP version" : `IPv${ipVersion} only`;
    case "src_tag":
      return `needs ${src.tag}`;
    case "dst_tag":
      return `needs ${dst.tag}`;
    case "src_net":
      return `from ${src.net?.text} only`;
    case "dst_net":
      return `to ${dst.net?.text} only`;
    case "!src_tag":
      return `not with ${src.notTag}`;
    case "!dst_tag":
      return `not with ${dst.notTag}`;
    default:
      return describeFailure(failure);
  }
}

function letsOut(from: string, { decidedBy }: SideTrace): string {
  return decidedBy.kind === "rule" ? `${from} lets it out` : `${from}: ${describeReason(decidedBy.kind)}`;
}

function letsIn(to: string, { decidedBy }: SideTrace): string {
  return decidedBy.kind === "rule" ? `${to} lets it in` : `${to}: ${describeReason(decidedBy.kind)}`;
}

function stopReason(side: SideTrace): string {
  if (side.decidedBy.kind === "rule") return `${ruleName(side)} denies it`;
  return side.decidedBy.kind === "no-rule-matched"
    ? `no ${side.direction} rule matches`
    : describeReason(side.decidedBy.kind);
}

function ruleName({ decidedBy, direction }: SideTrace): string {
  return decidedBy.kind === "rule" ? `${decidedBy.profile} ${direction} ${decidedBy.position}` : "";
}

function tagNames(keys: readonly KeyUse[]): string {
  return keys.map(({ tag }) => tag).join(" and ");
}
