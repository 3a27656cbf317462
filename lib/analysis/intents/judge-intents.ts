import { createPlaceJudge, type PlaceJudge } from "#analysis/between/relation-between.ts";
import { describeSide } from "#analysis/question/describe-side.ts";
import { createProbing, probeJson } from "#analysis/question/piece-witness.ts";
import { type JudgedReach, judgeReach, type ReachProblem } from "#analysis/question/reach/answer-reach.ts";
import { createEvaluator } from "#policy/evaluate.ts";
import type { Intent } from "#policy/intent/intent.ts";
import type { Evaluation } from "#policy/packet.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** Whether an intent holds in a state: plain JSON. */
export type IntentState =
  | { readonly kind: "holds" }
  | ({ readonly kind: "broken" } & CounterExample)
  /** It cannot be asked: what it names is not there, or not one thing. An intent that must reach is then broken. */
  | { readonly kind: "unjudged"; readonly problem: ReachProblem };

/** A packet for which the intent does not hold, as a policy test writes it, and what decides about it. */
export type CounterExample = {
  readonly witness?: Readonly<Record<string, unknown>>;
  readonly problem?: ReachProblem;
  /** The deciding rule or the reason, in words. */
  readonly because?: string;
  /** The deciding rule alone: `DB inbound 1`. */
  readonly decidedBy?: string;
};

/** Judges intents one after the other with what they share looked up once. */
export function createIntentJudge(snapshot: Snapshot): (intent: Intent) => IntentState {
  const judge = createPlaceJudge(snapshot);
  const evaluate = createEvaluator(snapshot);
  return (intent) => judgeIntent(snapshot, intent, { judge, evaluate });
}

type Judging = { readonly judge: PlaceJudge; readonly evaluate: ReturnType<typeof createEvaluator> };

function judgeIntent(snapshot: Snapshot, intent: Intent, { judge, evaluate }: Judging): IntentState {
  const judged = judgeReach(snapshot, intent, judge);
  if (!judged.ok) {
    const { error: problem } = judged;
    const isGone = problem.kind !== "too-many-addresses" && problem.kind !== "ambiguous-endpoint";
    return intent.must === "reach" && isGone ? { kind: "broken", problem } : { kind: "unjudged", problem };
  }
  const wrong = wrongSet(judged.value, intent);
  if (wrong === undefined) return { kind: "holds" };
  const probe = createProbing(snapshot, judged.value.places)(wrong);
  if (probe === undefined) return { kind: "broken" };
  return { kind: "broken", witness: probeJson(probe), ...decisionOf(evaluate(probe)) };
}

/** The part of what was asked that is not as it must be; nothing where it all is. */
function wrongSet({ verdict, allowed, denied }: JudgedReach, { must }: Intent) {
  if (must === "reach") return verdict === "allow" ? undefined : denied;
  return verdict === "deny" ? undefined : allowed;
}

/** What let a packet through is the receiver's last word; what stopped it is whichever side did. */
function decisionOf({ sender, receiver }: Evaluation): Pick<CounterExample, "because" | "decidedBy"> {
  const side = sender.verdict === "deny" || receiver.decidedBy.kind !== "rule" ? sender : receiver;
  const { decidedBy, direction } = side;
  return {
    because: describeSide(side),
    ...(decidedBy.kind === "rule" ? { decidedBy: `${decidedBy.profile} ${direction} ${decidedBy.position}` } : {}),
  };
}
