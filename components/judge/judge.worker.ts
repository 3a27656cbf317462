import { describeFinding } from "#analysis/findings/describe-finding.ts";
import { findProblems } from "#analysis/findings/find-problems.ts";
import { findingProfiles } from "#analysis/findings/finding.ts";
import { type Judged, judged, whatIf } from "#analysis/impact/impact.ts";
import { withProfiles } from "#analysis/impact/scoped-edit.ts";
import { answerReach } from "#analysis/question/reach/answer-reach.ts";
import { reachDetail, reachSentence } from "#analysis/question/reach/describe-reach.ts";
import { describeReachProblem } from "#analysis/question/reach/describe-reach-problem.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { placeOfNode } from "#components/reach/place-key.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { IntentsPayload } from "#web/queries/intent-rows.ts";
import { type PolicyState, readPolicyState } from "#web/queries/policy-state.ts";
import { readJson } from "#web/queries/read-json.ts";
import { draftConsequences } from "./draft-consequences.ts";
import type {
  AskedAnswer,
  FindingsByProfile,
  JudgeAnswer,
  JudgeQuestion,
  JudgeReply,
  JudgeRequest,
  WordedFinding,
} from "./judge-messages.ts";

/*
 * Answers what takes a while and nobody holds a pointer for: findings of the whole policy, questions of the palette, bulk
 * edits. It reads the policy itself, by changes, so that the page never copies a thousand profiles for it; the drop line
 * has a worker of its own (drafts/effect) and never waits behind this one.
 */

const ANSWER_MS = 20_000;

let state: PolicyState | undefined;
let latest: Judged | undefined;
let turn = Promise.resolve();

addEventListener("message", ({ data: { number, ...question } }: MessageEvent<JudgeRequest>) => {
  turn = turn.then(async () => {
    const reply: JudgeReply = { number, answer: await answerNow(question) };
    postMessage(reply);
  });
});

/** No answer when the policy cannot be read now: nothing is claimed of a state that may be old. */
async function answerNow(question: JudgeQuestion): Promise<JudgeAnswer | undefined> {
  state = await readPolicyState(state, AbortSignal.timeout(ANSWER_MS)).catch(() => undefined);
  if (state === undefined) return undefined;
  if (question.kind === "draft") return answerDraft(state.snapshot, question.profile);
  return answerOf(state.snapshot, question);
}

/** Intents are read anew: they change without the policy. */
async function answerDraft(snapshot: Snapshot, profile: Profile): Promise<JudgeAnswer | undefined> {
  const read = await readJson<IntentsPayload>("/api/intents", AbortSignal.timeout(ANSWER_MS)).catch(() => undefined);
  if (read === undefined) return undefined;
  latest = judged(snapshot, latest);
  const after = judged(withProfiles(snapshot, new Map([[profile.id, profile]])), latest);
  const intents = read.rows.flatMap(({ id, intent }) =>
    intent.kind === "valid" ? [{ id, intent: intent.value }] : [],
  );
  return { kind: "draft", consequences: draftConsequences(latest, after, intents) };
}

function answerOf(snapshot: Snapshot, question: Exclude<JudgeQuestion, { readonly kind: "draft" }>): JudgeAnswer {
  switch (question.kind) {
    case "findings":
      return { kind: "findings", findings: findingsByProfile(snapshot) };
    case "reach":
      return { kind: "reach", answer: askedAnswer(snapshot, question.question) };
    case "what-if": {
      latest = judged(snapshot, latest);
      const tried = whatIf(latest, question.edits);
      return { kind: "what-if", effect: tried.ok ? effectOf(tried.value.impact) : undefined };
    }
    default:
      return assertNever(question);
  }
}

function askedAnswer(snapshot: Snapshot, question: ReachQuestion): AskedAnswer {
  const told = answerReach(snapshot, question);
  if (!told.ok) return { kind: "no-answer", because: describeReachProblem(told.error) };
  const { verdict, cases } = told.value;
  const [first] = cases;
  const detail = first === undefined ? "" : reachDetail(question, first);
  return { kind: "verdict", verdict, sentence: reachSentence(told.value), detail };
}

function effectOf({ opened, closed }: { readonly opened: readonly Change[]; readonly closed: readonly Change[] }) {
  const pair = ({ from, to, connections }: Change) => ({
    from: placeOfNode(from),
    to: placeOfNode(to),
    what: connections,
  });
  return { opens: opened.map(pair), closes: closed.map(pair) };
}

type Change = { readonly from: string; readonly to: string; readonly connections: string };

function findingsByProfile(of: Snapshot): FindingsByProfile {
  const byProfile = new Map<ProfileId, WordedFinding[]>();
  for (const finding of findProblems(of)) {
    const worded = { finding, message: describeFinding(finding) };
    for (const id of findingProfiles(finding)) {
      const known = byProfile.get(id);
      if (known === undefined) byProfile.set(id, [worded]);
      else known.push(worded);
    }
  }
  return byProfile;
}
