import { mendSource, readSource } from "./read-source.ts";
import type { SourceAnswer, SourceRequest } from "./source-messages.ts";

/** Runs the one parser off the main thread; ending the worker cancels it. */
self.addEventListener("message", ({ data: { kind, text, knownTags } }: MessageEvent<SourceRequest>) => {
  const answer: SourceAnswer =
    kind === "read"
      ? { kind, result: readSource(text, knownTags) }
      : { kind: "mend", text: mendSource(text, knownTags) };
  self.postMessage(answer);
});
