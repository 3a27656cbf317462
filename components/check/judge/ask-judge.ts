import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import type { FromJudge, JudgeAnswers, JudgeRequest, ToJudge } from "./judge-messages.ts";
import { patchBetween } from "./snapshot-patch.ts";

/** An answer, and how long the judge worked on it. */
export type Judged<Kind extends JudgeRequest["kind"]> = {
  readonly answer: JudgeAnswers[Kind];
  readonly tookMs: number;
};

/** What is asked, of which state. */
export type Asking<Kind extends JudgeRequest["kind"]> = {
  readonly request: Extract<JudgeRequest, { kind: Kind }>;
  readonly snapshot: Snapshot;
  readonly drafted: readonly Profile[];
};

/** One worker of the tab answers; it keeps the policy and is told only what changed. */
let worker: Worker | undefined;
let sent: Snapshot = EMPTY_SNAPSHOT;
let count = 0;
const waiting = new Map<number, (reply: FromJudge | undefined) => void>();

/** The answer of the one judge; nothing when the worker broke, which a next question starts anew. */
export function askJudge<Kind extends JudgeRequest["kind"]>({
  request,
  snapshot,
  drafted,
}: Asking<Kind>): Promise<Judged<Kind> | undefined> {
  const judge = readyJudge(snapshot);
  count += 1;
  const id = count;
  return new Promise((resolve) => {
    waiting.set(id, (reply) => resolve(reply as Judged<Kind> | undefined));
    post(judge, { kind: "ask", id, request, drafted });
  });
}

function readyJudge(snapshot: Snapshot): Worker {
  const judge = worker ?? start();
  if (sent !== snapshot) post(judge, { kind: "policy", patch: patchBetween(sent, snapshot) });
  sent = snapshot;
  return judge;
}

function start(): Worker {
  const started = new Worker(new URL("./judge.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<FromJudge>) => settle(data.id, data));
  started.addEventListener("error", () => {
    started.terminate();
    worker = undefined;
    sent = EMPTY_SNAPSHOT;
    for (const id of [...waiting.keys()]) settle(id, undefined);
  });
  worker = started;
  return started;
}

function settle(id: number, reply: FromJudge | undefined): void {
  waiting.get(id)?.(reply);
  waiting.delete(id);
}

function post(judge: Worker, message: ToJudge): void {
  judge.postMessage(message);
}
