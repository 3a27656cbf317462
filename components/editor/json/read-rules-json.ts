import { parseRulesJson, type RulesJson } from "#policy/json/parse-rules-json.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** Texts up to this length parse within a frame; longer ones go to a worker so that the page never stops. */
const MAX_INLINE_LENGTH = 32 * 1024;

/** Reads the JSON of one profile; rejects when it is cancelled. */
export function readRulesJson(text: string, profile: ProfileId, signal: AbortSignal): Promise<RulesJson> {
  if (text.length <= MAX_INLINE_LENGTH) return Promise.resolve(parseRulesJson(text, { profile }));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./json.worker.ts", import.meta.url), { type: "module" });
    signal.addEventListener("abort", () => {
      worker.terminate();
      reject(signal.reason);
    });
    worker.addEventListener("message", ({ data }: MessageEvent<RulesJson>) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener("error", (event) => {
      worker.terminate();
      reject(new Error("The parser's worker failed", { cause: event }));
    });
    worker.postMessage({ text, profile });
  });
}
