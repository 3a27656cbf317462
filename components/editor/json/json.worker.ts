import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/** Runs the one parser off the main thread; ending the worker cancels it. */
self.addEventListener("message", ({ data }: MessageEvent<{ readonly text: string; readonly profile: ProfileId }>) => {
  self.postMessage(parseRulesJson(data.text, { profile: data.profile }));
});
