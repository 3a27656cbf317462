import { createPlaceJudge, type PlaceJudge } from "#analysis/between/relation-between.ts";
import { netOf } from "#analysis/question/check.ts";
import { createProbing } from "#analysis/question/piece-witness.ts";
import { judgeReach } from "#analysis/question/reach/answer-reach.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { type Suggestion, suggestEdits } from "#analysis/question/suggest-edits.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Verdict } from "#policy/packet.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/**
 * The smallest edits after which everything that was asked has the wanted verdict: each applied and asked again, with
 * all else it opens and closes. Empty where it has it already, or where no single small step does it.
 */
export function reachEdits(snapshot: Snapshot, question: ReachQuestion, wanted: Verdict): readonly Suggestion[] {
  const judge: PlaceJudge = createPlaceJudge(snapshot);
  const judged = judgeReach(snapshot, question, judge);
  if (!judged.ok || judged.value.verdict === wanted) return [];
  const { places, allowed, denied } = judged.value;
  const probe = createProbing(snapshot, places)(wanted === "allow" ? denied : allowed);
  if (probe === undefined) return [];
  const { from, to } = { from: places[0], to: places[1] };
  const nets = { ...netOf("from", from), ...netOf("to", to) };
  const isTurned = (after: Snapshot) => {
    const again = judgeReach(after, question);
    return again.ok && again.value.verdict === wanted;
  };
  const evaluation = createEvaluator(snapshot)(probe);
  return suggestEdits(snapshot, { probe, evaluation, nets, traffic: question.traffic }, isTurned);
}
