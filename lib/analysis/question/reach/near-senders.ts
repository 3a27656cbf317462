import { createPlaceJudge } from "#analysis/between/relation-between.ts";
import { type NearestRule, nearestOf } from "#analysis/question/check.ts";
import { createProbing } from "#analysis/question/piece-witness.ts";
import { judgeReach } from "#analysis/question/reach/answer-reach.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

/** A sender that one tag keeps out: the rule that came closest, and the tag it would have to hold. */
export type NearSender = { readonly profile: ProfileId; readonly tag: Tag; readonly nearest: NearestRule };

export type NearSenders = {
  /** How many other profiles cannot do what was asked. */
  readonly excluded: number;
  /** Those of them that one tag more would let through, by name. */
  readonly near: readonly NearSender[];
};

/** More profiles than this are not asked one by one. */
const MAX_PROFILES = 2_000;

/** Who else asks the same of the receiver in vain, and is one tag away from it. */
export function nearSenders(snapshot: Snapshot, question: ReachQuestion): NearSenders {
  if (snapshot.profiles.size > MAX_PROFILES) return { excluded: 0, near: [] };
  const judge = createPlaceJudge(snapshot);
  const evaluate = createEvaluator(snapshot);
  const near: NearSender[] = [];
  let excluded = 0;
  for (const profile of snapshot.profiles.keys()) {
    const from = `profile:${profile}`;
    if (from === question.from) continue;
    const judged = judgeReach(snapshot, { ...question, from }, judge);
    if (!judged.ok || judged.value.verdict !== "deny") continue;
    excluded += 1;
    const probe = createProbing(snapshot, judged.value.places)(judged.value.denied);
    if (probe === undefined) continue;
    const { sender, receiver } = evaluate(probe);
    const nearest = sender.verdict === "allow" ? nearestOf(receiver) : undefined;
    const step = receiver.trace.find((each) => each.position === nearest?.position && each.profile === nearest.profile);
    const isOneTag = nearest?.failed.length === 1 && nearest.failed[0]?.field === "src_tag";
    const tag = step === undefined ? undefined : canonicalRule(step.rule).src.tag;
    if (nearest !== undefined && isOneTag && tag !== undefined) near.push({ profile, tag, nearest });
  }
  return { excluded, near };
}
