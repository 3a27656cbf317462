import { createPlaceJudge, type PlaceJudge, type TooManyAddresses } from "#analysis/between/relation-between.ts";
import { type ConnectionSet, intersect, isEmpty, NOTHING, union } from "#analysis/connections/connection-set.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { nearestMiss } from "#analysis/question/nearest-miss.ts";
import { type AskedPlace, type PlaceProblem, parsePlace } from "#analysis/question/parse-place.ts";
import { createProbing, probeJson } from "#analysis/question/piece-witness.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { type KeyUse, keysOf, type SideTrace, traceSide } from "#analysis/question/reach/side-trace.ts";
import type { RelationPiece } from "#analysis/reach/explain-relation.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import { createPlaceResolver } from "#policy/evaluation/resolve-place.ts";
import type { Evaluation, Probe, Verdict } from "#policy/packet.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { trafficRule } from "#policy/traffic.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Whether all that was asked gets through, none of it, or part of it. */
export type ReachVerdict = Verdict | "part";

/** The exact answer about everything that was asked: plain JSON. */
export type ReachAnswer = {
  readonly revision: number;
  readonly question: ReachQuestion;
  readonly verdict: ReachVerdict;
  /** What of it gets through, and what does not, in words; empty for nothing. */
  readonly allowed: string;
  readonly denied: string;
  /** By what decides: the ones that let through first. Never empty. */
  readonly cases: readonly ReachCase[];
  /** Networks in which the answer differs, where an end's address is not known. */
  readonly dependsOn: readonly { readonly end: "from" | "to"; readonly cidr: string; readonly allowed: string }[];
};

/** Connections that the same rules decide, shown on one packet of them. */
export type ReachCase = {
  readonly verdict: Verdict;
  readonly connections: string;
  readonly sender: SideTrace;
  readonly receiver: SideTrace;
  readonly keys: readonly KeyUse[];
  /** The packet, as a policy test writes it. */
  readonly witness: Readonly<Record<string, unknown>>;
};

/** Why a question has no answer in this state. */
export type ReachProblem =
  | ({ readonly end: "from" | "to" } & PlaceProblem)
  | TooManyAddresses
  | { readonly kind: "no-such-connection" };

/** A question found in a snapshot, with its exact answer as sets. */
export type JudgedReach = {
  readonly places: readonly [AskedPlace, AskedPlace];
  readonly verdict: ReachVerdict;
  readonly allowed: ConnectionSet;
  readonly denied: ConnectionSet;
  readonly pieces: readonly RelationPiece[];
};

/** Judges a question exactly: every packet it is about, both families, every source port, every address of the ends. */
export function judgeReach(
  snapshot: Snapshot,
  { from, to, traffic }: ReachQuestion,
  judge: PlaceJudge = createPlaceJudge(snapshot),
): Result<JudgedReach, ReachProblem> {
  const [src, dst] = [parsePlace(from, snapshot), parsePlace(to, snapshot)];
  if (!src.ok) return err({ end: "from", ...src.error });
  if (!dst.ok) return err({ end: "to", ...dst.error });
  const relation = judge.relation(src.value, dst.value);
  if (!relation.ok) return relation;
  const region = ruleRegion(trafficRule(traffic));
  const asked = relation.value.pieces
    .map((piece) => ({ ...piece, set: intersect(piece.set, region) }))
    .filter(({ set }) => !isEmpty(set));
  // Whoever asks without a family does not ask about one that an end has no address in.
  const possible = traffic.ip_version === undefined ? asked.filter((piece) => !lacksFamily(piece)) : asked;
  const pieces = possible.length > 0 ? possible : asked;
  if (pieces.length === 0) return err({ kind: "no-such-connection" });
  const allOf = (verdict: Verdict) =>
    pieces.filter((piece) => piece.verdict === verdict).reduce((all, { set }) => union(all, set), NOTHING);
  const [allowed, denied] = [allOf("allow"), allOf("deny")];
  const verdict = isEmpty(denied) ? "allow" : isEmpty(allowed) ? "deny" : "part";
  return ok({ places: [src.value, dst.value], verdict, allowed, denied, pieces });
}

/** The answer with both sides' traces for each case. */
export function answerReach(snapshot: Snapshot, question: ReachQuestion): Result<ReachAnswer, ReachProblem> {
  const judge = createPlaceJudge(snapshot);
  const judged = judgeReach(snapshot, question, judge);
  if (!judged.ok) return judged;
  const { places, verdict, allowed, denied, pieces } = judged.value;
  const [probeIn, evaluate] = [createProbing(snapshot, places), createEvaluator(snapshot)];
  const region = ruleRegion(trafficRule(question.traffic));
  return ok({
    revision: snapshot.revision,
    ...{ question, verdict, allowed: textOf(allowed), denied: textOf(denied) },
    cases: pieces.flatMap(({ set, verdict: decided }) => {
      const probe = probeIn(set);
      if (probe === undefined) return [];
      const evaluation = evaluate(probe);
      return [{ verdict: decided, connections: textOf(set), ...traceBoth(snapshot, probe, evaluation) }];
    }),
    dependsOn: judge
      .dependencies(...places)
      .map(({ end, cidr, allowed: there }) => ({ end, cidr, there: intersect(there, region) }))
      .filter(({ there }) => textOf(there) !== textOf(allowed))
      .map(({ end, cidr, there }) => ({ end, cidr, allowed: textOf(there) })),
  });
}

function traceBoth(snapshot: Snapshot, probe: Probe, { sender, receiver }: Evaluation) {
  const places = createPlaceResolver(snapshot);
  const from = places.sender(probe.src, probe.ipVersion);
  const to = places.receiver(probe.dst, probe.ipVersion, from);
  const keys = [...keysOf(receiver, nearestMiss(receiver)), ...keysOf(sender, nearestMiss(sender))];
  return {
    sender: traceSide(snapshot, sender, from),
    receiver: traceSide(snapshot, receiver, to),
    keys,
    witness: probeJson(probe),
  };
}

function lacksFamily({ sender, receiver }: RelationPiece): boolean {
  return sender.decidedBy.kind === "no-address" || receiver.decidedBy.kind === "no-address";
}

function textOf(set: ConnectionSet): string {
  return isEmpty(set) ? "" : formatConnectionSet(set);
}
