import type { IntentState } from "#analysis/intents/judge-intents.ts";
import type { FindingJson } from "#analysis/question/answer.ts";
import type { ReachAnswer, ReachProblem } from "#analysis/question/reach/answer-reach.ts";
import type { NearSenders } from "#analysis/question/reach/near-senders.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import type { Suggestion } from "#analysis/question/suggest-edits.ts";
import type { Intent } from "#policy/intent/intent.ts";
import type { Verdict } from "#policy/packet.ts";
import type { Profile } from "#policy/profile.ts";
import type { Result } from "#prelude/result.ts";
import type { SnapshotPatch } from "./snapshot-patch.ts";

/** What the worker can be asked; each kind with its answer. */
export type JudgeAnswers = {
  readonly reach: Result<ReachAnswer, ReachProblem>;
  readonly edits: readonly Suggestion[];
  readonly near: NearSenders;
  readonly findings: readonly FindingJson[];
  /** In the order of the intents asked about. */
  readonly intents: readonly IntentState[];
};

export type JudgeRequest =
  | { readonly kind: "reach"; readonly question: ReachQuestion }
  | { readonly kind: "edits"; readonly question: ReachQuestion; readonly wanted: Verdict }
  | { readonly kind: "near"; readonly question: ReachQuestion }
  | { readonly kind: "findings" }
  | { readonly kind: "intents"; readonly intents: readonly Intent[] };

export type JudgeAnswer<Kind extends JudgeRequest["kind"] = JudgeRequest["kind"]> = JudgeAnswers[Kind];

/** What the page tells the worker. `drafted` profiles stand in place of the stored ones for one question. */
export type ToJudge =
  | { readonly kind: "policy"; readonly patch: SnapshotPatch }
  | { readonly kind: "ask"; readonly id: number; readonly request: JudgeRequest; readonly drafted: readonly Profile[] };

export type FromJudge = { readonly id: number; readonly answer: JudgeAnswer; readonly tookMs: number };
