import { useEffect, useRef, useState } from "react";
import type { Profile } from "#policy/profile.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { SummaryAnswer, SummaryRequest } from "./summary-messages.ts";

/** A pause in editing this long asks the judge again. */
const PAUSE_MS = 60;

type Judge = { readonly worker: Worker; sent: Snapshot["profiles"] | undefined; asked: number };

/** Who reaches a profile and what is worth a look, as the draft has it; the last answer stays until the next one is there. */
export function useSummary(
  { profiles }: Snapshot,
  before: Profile | undefined,
  after: Profile,
): SummaryAnswer | undefined {
  const judge = useRef<Judge>(undefined);
  const [answer, setAnswer] = useState<SummaryAnswer>();
  useEffect(() => {
    const worker = new Worker(new URL("./summary.worker.ts", import.meta.url), { type: "module" });
    const own: Judge = { worker, sent: undefined, asked: 0 };
    judge.current = own;
    worker.addEventListener("message", ({ data }: MessageEvent<SummaryAnswer>) => {
      if (data.question === own.asked) setAnswer(data);
    });
    return () => {
      judge.current = undefined;
      worker.terminate();
    };
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      const own = judge.current;
      if (own === undefined) return;
      if (own.sent !== profiles) post(own.worker, { kind: "policy", profiles });
      own.sent = profiles;
      own.asked += 1;
      post(own.worker, { kind: "ask", question: own.asked, before: before ?? after, after });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [profiles, before, after]);
  return answer;
}

function post(worker: Worker, request: SummaryRequest): void {
  worker.postMessage(request);
}
