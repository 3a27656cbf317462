import type { JudgeAnswer, JudgeQuestion, JudgeReply, JudgeRequest } from "./judge-messages.ts";

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, (answer: JudgeAnswer | undefined) => void>();

type AnswerTo<Q extends JudgeQuestion> = Extract<JudgeAnswer, { readonly kind: Q["kind"] }>;

/** Asks the judge about the policy as it is stored now; nothing when it cannot be told. */
export async function askJudge<Q extends JudgeQuestion>(question: Q): Promise<AnswerTo<Q> | undefined> {
  const answer = await send(question);
  return answer?.kind === question.kind ? (answer as AnswerTo<Q>) : undefined;
}

function send(question: JudgeQuestion): Promise<JudgeAnswer | undefined> {
  const judge = judgeWorker();
  asked += 1;
  const request: JudgeRequest = { ...question, number: asked };
  return new Promise((resolve) => {
    waiting.set(request.number, resolve);
    judge.postMessage(request);
  });
}

function judgeWorker(): Worker {
  if (worker !== undefined) return worker;
  const started = new Worker(new URL("./judge.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<JudgeReply>) => settle(data));
  started.addEventListener("error", () => {
    // A judge that broke is replaced at the next question; until then nothing is claimed.
    started.terminate();
    worker = undefined;
    for (const number of [...waiting.keys()]) settle({ number, answer: undefined });
  });
  worker = started;
  return started;
}

function settle({ number, answer }: JudgeReply): void {
  waiting.get(number)?.(answer);
  waiting.delete(number);
}
