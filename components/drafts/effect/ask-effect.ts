import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { DraftEffect } from "../draft-effect.ts";
import type { EffectAnswer, EffectRequest } from "./effect-messages.ts";

/** The judge runs in one worker of the tab: a thousand profiles take it a while, and the page must not wait. */
let worker: Worker | undefined;
let sentProfiles: Snapshot["profiles"] | undefined;
let asked = 0;
const waiting = new Map<number, (effect: DraftEffect | undefined) => void>();

/** What opens and closes when `before` becomes `after`, everything else as in the policy; nothing when it cannot be told. */
export function askEffect({ profiles }: Snapshot, before: Profile, after: Profile): Promise<DraftEffect | undefined> {
  const judge = readyJudge(profiles);
  asked += 1;
  const question = asked;
  return new Promise((resolve) => {
    waiting.set(question, resolve);
    post(judge, { kind: "ask", question, before, after });
  });
}

/** Starts the judge before it is asked, so that the first answer comes at once. */
export function warmJudge({ profiles }: Snapshot): void {
  if (worker === undefined) readyJudge(profiles);
}

function readyJudge(profiles: Snapshot["profiles"]): Worker {
  const judge = judgeWorker();
  if (sentProfiles === profiles) return judge;
  sentProfiles = profiles;
  post(judge, { kind: "policy", profiles });
  return judge;
}

function judgeWorker(): Worker {
  if (worker !== undefined) return worker;
  const started = new Worker(new URL("./effect.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<EffectAnswer>) => settle(data.question, data.effect));
  started.addEventListener("error", () => {
    // A judge that broke is replaced at the next question; until then nothing is claimed.
    started.terminate();
    worker = undefined;
    sentProfiles = undefined;
    for (const question of [...waiting.keys()]) settle(question, undefined);
  });
  worker = started;
  return started;
}

function settle(question: number, effect: DraftEffect | undefined): void {
  waiting.get(question)?.(effect);
  waiting.delete(question);
}

function post(judge: Worker, request: EffectRequest): void {
  judge.postMessage(request);
}
