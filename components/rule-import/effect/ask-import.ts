import type { Snapshot } from "#policy/snapshot.ts";
import type { PlannedPart } from "../planned-parts.ts";
import type { ImportEffect } from "./import-effect.ts";
import type { ImportJudgement, ImportRequest } from "./import-messages.ts";

/** One worker of the tab reads and judges imports: neither a large file nor a large policy may stop the page. */
let worker: Worker | undefined;
let sentProfiles: Snapshot["profiles"] | undefined;
const sentTexts = new Map<number, string>();
let asked = 0;
const waiting = new Map<number, (effect: ImportEffect | undefined) => void>();

/** What the import does to the policy as it is; nothing when it cannot be told. Parts without a target are left out. */
export function askImport({ profiles }: Snapshot, parts: readonly PlannedPart[]): Promise<ImportEffect | undefined> {
  const judge = importWorker();
  if (sentProfiles !== profiles) {
    sentProfiles = profiles;
    post(judge, { kind: "policy", profiles });
  }
  sendFiles(judge, parts);
  asked += 1;
  const question = asked;
  return new Promise((resolve) => {
    waiting.set(question, resolve);
    post(judge, {
      kind: "ask",
      question,
      parts: parts.flatMap(({ file, part, target, choice: { modes, declined } }) =>
        target === undefined ? [] : [{ key: file.key, part, target, modes, declined, takesTags: file.takesTags }],
      ),
    });
  });
}

function sendFiles(judge: Worker, parts: readonly PlannedPart[]): void {
  const texts = new Map(parts.map(({ file: { key, text } }) => [key, text]));
  for (const key of [...sentTexts.keys()]) {
    if (texts.has(key)) continue;
    sentTexts.delete(key);
    post(judge, { kind: "forget", key });
  }
  for (const [key, text] of texts) {
    if (sentTexts.get(key) === text) continue;
    sentTexts.set(key, text);
    post(judge, { kind: "file", key, text });
  }
}

function importWorker(): Worker {
  if (worker !== undefined) return worker;
  const started = new Worker(new URL("./import.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<ImportJudgement>) => settle(data.question, data.effect));
  started.addEventListener("error", () => {
    // A judge that broke is replaced at the next question; until then nothing is claimed.
    started.terminate();
    worker = undefined;
    sentProfiles = undefined;
    sentTexts.clear();
    for (const question of [...waiting.keys()]) settle(question, undefined);
  });
  worker = started;
  return started;
}

function settle(question: number, effect: ImportEffect | undefined): void {
  waiting.get(question)?.(effect);
  waiting.delete(question);
}

function post(judge: Worker, request: ImportRequest): void {
  judge.postMessage(request);
}
