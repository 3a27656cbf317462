import { findProblems } from "#analysis/findings/find-problems.ts";
import { withProfiles } from "#analysis/impact/scoped-edit.ts";
import { createIntentJudge } from "#analysis/intents/judge-intents.ts";
import { findingJson } from "#analysis/question/answer.ts";
import { answerReach } from "#analysis/question/reach/answer-reach.ts";
import { nearSenders } from "#analysis/question/reach/near-senders.ts";
import { reachEdits } from "#analysis/question/reach/reach-edits.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { FromJudge, JudgeAnswer, JudgeRequest, ToJudge } from "./judge-messages.ts";
import { applyPatch } from "./snapshot-patch.ts";

let live: Snapshot = EMPTY_SNAPSHOT;

addEventListener("message", ({ data }: MessageEvent<ToJudge>) => {
  if (data.kind === "policy") {
    live = applyPatch(live, data.patch);
    return;
  }
  const { id, request, drafted } = data;
  const started = performance.now();
  const snapshot = withProfiles(live, new Map(drafted.map((profile) => [profile.id, profile])));
  const reply: FromJudge = { id, answer: answerTo(snapshot, request), tookMs: performance.now() - started };
  postMessage(reply);
});

function answerTo(snapshot: Snapshot, request: JudgeRequest): JudgeAnswer {
  switch (request.kind) {
    case "reach":
      return answerReach(snapshot, request.question);
    case "edits":
      return reachEdits(snapshot, request.question, request.wanted);
    case "near":
      return nearSenders(snapshot, request.question);
    case "findings":
      return findProblems(snapshot).map(findingJson);
    case "intents":
      return request.intents.map(createIntentJudge(snapshot));
    default:
      return assertNever(request);
  }
}
