import type { ParsedSource } from "../import-state.ts";

/** Texts up to this length parse within a frame; longer ones go to a worker so that the page never stops. */
const MAX_INLINE_LENGTH = 64 * 1024;

/** Parses a source with the one parser; rejects with an AbortError when cancelled. */
export function parseSource(text: string, signal: AbortSignal): Promise<ParsedSource> {
  if (text.length <= MAX_INLINE_LENGTH) {
    // Every page holds the import's provider and few visits import: the parser is read with the first source.
    return import("#policy/json/parse-rules-json.ts").then(({ parseRulesJson }) => parseRulesJson(text));
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./parse-source.worker.ts", import.meta.url), { type: "module" });
    const end = () => worker.terminate();
    signal.addEventListener("abort", () => {
      end();
      reject(signal.reason);
    });
    worker.addEventListener("message", (event: MessageEvent<ParsedSource>) => {
      end();
      resolve(event.data);
    });
    worker.addEventListener("error", (event) => {
      end();
      reject(new Error("The parser's worker failed", { cause: event }));
    });
    worker.postMessage(text);
  });
}
