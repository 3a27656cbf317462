import { describeFailure } from "#analysis/question/describe-side.ts";
import { nearestMiss } from "#analysis/question/nearest-miss.ts";
import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { coverPlaces, type PlaceCover, type PlaceVariant } from "#analysis/question/place-variants.ts";
import { type Suggestion, suggestEdits } from "#analysis/question/suggest-edits.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Evaluation, FailedCriterion, NoRuleReason, Probe, SideVerdict, Verdict } from "#policy/packet.ts";
import { ICMP, ICMPV6 } from "#policy/protocol.ts";
import type { Direction, Family, Position } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** May `from` send this to `to`? Headers that are left out: ICMP is an echo request, other protocols have no ports. */
export type CheckQuestion = {
  readonly from: AskedPlace;
  readonly to: AskedPlace;
  /** Absent: the only family both ends have, else 4. */
  readonly ipVersion?: Family;
  readonly protocol: number;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
};

/** The answer as `check --json` prints it: plain JSON. */
export type CheckAnswer = {
  readonly verdict: Verdict;
  readonly ip_version: Family;
  readonly sender: CheckSide;
  readonly receiver: CheckSide;
  /** Named networks in which the answer differs, where an end's address is not known. Absent when there are none. */
  readonly depends_on?: readonly AddressDependency[];
  /** The smallest edits that would turn the answer round, where they were asked for. */
  readonly suggestions?: readonly Suggestion[];
};

export type CheckSide = {
  readonly verdict: Verdict;
  readonly direction: Direction;
  readonly profile?: string;
  readonly position?: Position;
  /** The deciding rule in words. */
  readonly rule?: string;
  /** Why no rule decided. */
  readonly reason?: NoRuleReason;
  readonly nearest?: NearestRule;
  /** Every rule passed over or met, in order. */
  readonly trace: readonly CheckStep[];
};

export type NearestRule = {
  readonly profile: string;
  readonly position: Position;
  readonly rule: string;
  readonly failed: readonly FailedCriterion[];
  /** The failed criteria in words. */
  readonly because: readonly string[];
};

export type CheckStep = {
  readonly profile: string;
  readonly position: Position;
  readonly rule: string;
  readonly outcome: string;
  readonly failed: readonly FailedCriterion[];
};

/** With `from` (or `to`) at an address of the network, the answer is this instead. */
export type AddressDependency = { readonly from?: string; readonly to?: string; readonly verdict: Verdict };

const ECHO_REQUEST = { 4: 8, 6: 128 } as const;

/** Answers one question against a snapshot, with the deciding rules of both sides and the nearest miss of a denial. */
export function answerCheck(snapshot: Snapshot, question: CheckQuestion): CheckAnswer {
  return answerWith(snapshot, question).answer;
}

/** The same with the smallest edits that would open what is denied, or close what is allowed. */
export function answerCheckWithEdits(snapshot: Snapshot, question: CheckQuestion): CheckAnswer {
  const { answer, main, probe } = answerWith(snapshot, question);
  const nets = { ...netOf("from", question.from), ...netOf("to", question.to) };
  return { ...answer, suggestions: suggestEdits(snapshot, { probe, evaluation: main, nets }) };
}

/** The network to write into a rule for an end that is known by its address. */
export function netOf(end: "from" | "to", place: AskedPlace): { readonly from?: string; readonly to?: string } {
  if (place.kind === "cidr") return { [end]: place.cidr.text };
  return place.kind === "address" ? { [end]: `${place.address}/${place.address.includes(":") ? 128 : 32}` } : {};
}

function answerWith(snapshot: Snapshot, question: CheckQuestion) {
  const cover = coverPlaces(snapshot, question);
  const evaluate = createEvaluator(snapshot);
  const probeBetween = (from: PlaceVariant, to: PlaceVariant) => probeOf(question, cover.family, [from, to]);
  const ask: Ask = (from, to) => evaluate(probeBetween(from, to));
  const main = ask(cover.from.main, cover.to.main);
  const dependencies = findDependencies(ask, cover, main.verdict);
  const answer: CheckAnswer = {
    verdict: main.verdict,
    ip_version: cover.family,
    sender: checkSide(main.sender),
    receiver: checkSide(main.receiver),
    ...(dependencies.length === 0 ? {} : { depends_on: dependencies }),
  };
  return { answer, main, probe: probeBetween(cover.from.main, cover.to.main) };
}

type Ask = (from: PlaceVariant, to: PlaceVariant) => Evaluation;

/** Both ends are moved together only where moving one of them does not already make the difference. */
function findDependencies(
  ask: Ask,
  { from, to }: { readonly from: PlaceCover; readonly to: PlaceCover },
  verdict: Verdict,
): readonly AddressDependency[] {
  const differs = (src: PlaceVariant, dst: PlaceVariant) => ask(src, dst).verdict !== verdict;
  const other = verdict === "allow" ? "deny" : "allow";
  const sources = from.others.filter((src) => differs(src, to.main));
  const destinations = to.others.filter((dst) => differs(from.main, dst));
  const together = from.others
    .filter((src) => !sources.includes(src))
    .flatMap((src) =>
      to.others
        .filter((dst) => !destinations.includes(dst) && differs(src, dst))
        .map((dst) => ({ ...within("from", src), ...within("to", dst), verdict: other }) as const),
    );
  return [
    ...sources.map((src) => ({ ...within("from", src), verdict: other }) as const),
    ...destinations.map((dst) => ({ ...within("to", dst), verdict: other }) as const),
    ...together,
  ];
}

function within(end: "from" | "to", variant: PlaceVariant): { readonly from?: string; readonly to?: string } {
  return variant.within === undefined ? {} : { [end]: variant.within };
}

function probeOf(question: CheckQuestion, family: Family, [from, to]: readonly [PlaceVariant, PlaceVariant]): Probe {
  const { protocol, srcPort, dstPort } = question;
  const isIcmp = protocol === ICMP || protocol === ICMPV6;
  const icmpType = question.icmpType ?? (isIcmp ? ECHO_REQUEST[family] : undefined);
  const icmpCode = question.icmpCode ?? (icmpType === undefined ? undefined : 0);
  return {
    src: from.place,
    dst: to.place,
    ipVersion: family,
    protocol,
    connectionState: "new",
    ...(from.address === undefined ? {} : { srcIp: from.address }),
    ...(to.address === undefined ? {} : { dstIp: to.address }),
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    ...(icmpType === undefined ? {} : { icmpType }),
    ...(icmpCode === undefined ? {} : { icmpCode }),
  };
}

function checkSide(side: SideVerdict): CheckSide {
  const { verdict, direction, decidedBy } = side;
  const found = nearestOf(side);
  const nearest = found === undefined ? {} : { nearest: found };
  const trace = side.trace.map((step) => ({ ...step, rule: formatRule(step.rule) }));
  if (decidedBy.kind === "rule") {
    const { profile, position, rule } = decidedBy;
    return { verdict, direction, profile, position, rule: formatRule(rule), ...nearest, trace };
  }
  const profile = decidedBy.profile === undefined ? {} : { profile: decidedBy.profile };
  return { verdict, direction, ...profile, reason: decidedBy.kind, ...nearest, trace };
}

/** The rule that came closest on a side that denied, with what it lacked in words. */
export function nearestOf(side: SideVerdict): NearestRule | undefined {
  const miss = nearestMiss(side);
  if (miss === undefined) return undefined;
  const { profile, position, rule, failed } = miss;
  return { profile, position, rule: formatRule(rule), failed, because: failed.map(describeFailure) };
}
