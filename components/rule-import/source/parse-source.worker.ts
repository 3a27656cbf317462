import { parseRulesJson } from "#policy/json/parse-rules-json.ts";

/** Runs the one parser off the main thread; ending the worker cancels it. */
self.addEventListener("message", (event: MessageEvent<string>) => {
  self.postMessage(parseRulesJson(event.data));
});
