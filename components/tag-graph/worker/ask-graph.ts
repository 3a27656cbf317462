import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { FromDesk, GraphAnswer, GraphQuestion, ToDesk } from "./graph-messages.ts";

/** What the graph stands on: the policy, the store's revision it was read at, and the profiles as drafts would make them. */
export type GraphPolicy = {
  readonly snapshot: Snapshot;
  readonly storeRevision: number;
  readonly drafted: readonly Profile[];
};

/** Profiles cloned at a time: a few milliseconds, so that a frame never waits for them. */
const PIECE = 150;

/** One worker of the tab keeps the models: a page that comes back finds them there. */
let worker: Worker | undefined;
let sent: ReadonlyMap<ProfileId, Profile> = new Map();
/** Sending is a queue: a newer policy follows the pieces of the one before, questions follow both. */
let sending: Promise<void> = Promise.resolve();
let asked = 0;
const waiting = new Map<number, (answer: GraphAnswer) => void>();

/** Lets the worker load its code before there is anything to ask. */
export function startDesk(): void {
  deskWorker();
}

/** Sends what changed since the last policy, in pieces; an answer asked for after it is about this policy. */
export function sendPolicy(policy: GraphPolicy): Promise<void> {
  sending = sending.then(() => sendPieces(policy));
  return sending;
}

/** Asks the desk; the answer is about the policy that was last sent. */
export async function askGraph(question: GraphQuestion): Promise<GraphAnswer> {
  await sending;
  asked += 1;
  const number = asked;
  return new Promise((resolve) => {
    waiting.set(number, resolve);
    post({ kind: "ask", number, question });
  });
}

async function sendPieces({ snapshot, storeRevision, drafted }: GraphPolicy): Promise<void> {
  const { profiles, revision } = snapshot;
  const removed = [...sent.keys()].filter((id) => !profiles.has(id));
  const changed = [...profiles.values()].filter((profile) => sent.get(profile.id) !== profile);
  sent = profiles;
  for (let start = 0; ; start += PIECE) {
    const isLast = start + PIECE >= changed.length;
    const piece = changed.slice(start, start + PIECE);
    post({
      ...{ kind: "policy", revision, storeRevision, changed: piece, isLast },
      removed: isLast ? removed : [],
      drafted: isLast ? drafted : [],
    });
    if (isLast) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function post(message: ToDesk): void {
  deskWorker().postMessage(message);
}

function deskWorker(): Worker {
  if (worker !== undefined) return worker;
  const started = new Worker(new URL("./graph.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data: { number, answer } }: MessageEvent<FromDesk>) => settle(number, answer));
  started.addEventListener("error", ({ message }) => {
    // A desk that broke is replaced, with the whole policy; what was asked of it is answered by the reason.
    started.terminate();
    worker = undefined;
    sent = new Map();
    const answer: GraphAnswer = { kind: "problem", problem: { kind: "broken", detail: message } };
    for (const number of [...waiting.keys()]) settle(number, answer);
  });
  worker = started;
  return started;
}

function settle(number: number, answer: GraphAnswer): void {
  waiting.get(number)?.(answer);
  waiting.delete(number);
}
