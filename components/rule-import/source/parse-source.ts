import type { ParsedSource } from "../import-state.ts";
import type { SourceAnswer, SourceRequest } from "./source-messages.ts";

/** Texts up to this length parse within a frame; longer ones go to a worker so that the page never stops. */
const MAX_INLINE_LENGTH = 32 * 1024;

/** Reads a source with the one parser; rejects with an AbortError when cancelled. */
export async function parseSource(
  text: string,
  knownTags: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ParsedSource> {
  if (text.length > MAX_INLINE_LENGTH) {
    const answer = await askWorker({ kind: "read", text, knownTags }, signal);
    if (answer.kind === "read") return answer.result;
  }
  // Every page holds the import's provider and few visit import: the parser is read with the first source.
  const { readSource } = await import("./read-source.ts");
  return readSource(text, knownTags);
}

/** The text with every certain fix made, away from the page when it is long. */
export async function mendLater(text: string, knownTags: ReadonlySet<string>, signal: AbortSignal): Promise<string> {
  if (text.length > MAX_INLINE_LENGTH) {
    const answer = await askWorker({ kind: "mend", text, knownTags }, signal);
    if (answer.kind === "mend") return answer.text;
  }
  const { mendSource } = await import("./read-source.ts");
  return mendSource(text, knownTags);
}

/** One worker per question: ending it is what cancels the question. */
function askWorker(request: SourceRequest, signal: AbortSignal): Promise<SourceAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./parse-source.worker.ts", import.meta.url), { type: "module" });
    const end = () => worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      reject(signal.reason);
    });
    worker.addEventListener("message", (event: MessageEvent<SourceAnswer>) => {
      end();
      resolve(event.data);
    });
    worker.addEventListener("error", (event) => {
      end();
      reject(new Error("The parser's worker failed", { cause: event }));
    });
    worker.postMessage(request);
  });
}
